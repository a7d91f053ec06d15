#include "analysis/output/summary_json.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {

TEST_CASE("a summary names its run and then lists every figure in order") {
  sim::Record record{"s.json", "S", 7, "0.1.0", "abc", {}, {}};
  record.figures = {{"energy_mwh", "energy", "MWh", 0.1},
                    {"jobs_finished", "jobs", "", std::int64_t{47192}},
                    {"currency", "currency", "", "CNY"},
                    {"payback_d", "payback", "d", std::numeric_limits<double>::quiet_NaN()}};
  CHECK(summary_text(record) == R"({
  "scenario": "s.json",
  "title": "S",
  "seed": 7,
  "version": "0.1.0",
  "catalogue_digest": "abc",
  "energy_mwh": 0.1,
  "jobs_finished": 47192,
  "currency": "CNY",
  "payback_d": null
}
)");
}

TEST_CASE("two figures of one key are a bug of their maker") {
  sim::Record record;
  record.figures = {{"seed", "a second seed", "", 1.0}};
  CHECK_THROWS_AS(summary_json(record), models::ContractViolation);
}

}  // namespace chokepoint::analysis
