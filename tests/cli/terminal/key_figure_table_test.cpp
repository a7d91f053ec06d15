#include "cli/terminal/key_figure_table.hpp"

#include <doctest/doctest.h>

#include "analysis/output/example_record.hpp"

namespace chokepoint::cli {

TEST_CASE("key figures stand under their headings with their units") {
  CHECK(key_figure_table(analysis::example_record(1, 60), {}) ==
        R"(A site with a daily curve
scenarios/example.json, seed 1, chokepoint 0.1.0, catalogue 4f1c2a9e

energy
  energy                 398,765 MWh
  peak power                  64 MW

cost
  electricity     252,288,000.00 CNY
  currency                   CNY

jobs
  jobs finished           47,192
  mean wait               12,346 s  3 h 26 min
  GPUs allocated          0.7312
)");
}

TEST_CASE("colour is used only where there is some") {
  const auto record = analysis::example_record(1, 60);
  CHECK(key_figure_table(record, {}).find('\x1b') == std::string::npos);
  CHECK(key_figure_table(record, {.colour = true}).find('\x1b') != std::string::npos);
}

TEST_CASE("a record without figures is its heading") {
  CHECK(key_figure_table({}, {}) == "seed 0\n");
}

}  // namespace chokepoint::cli
