#include <doctest/doctest.h>

#include "analysis/pool/record_wire.hpp"
#include "analysis/pool/run_message.hpp"
#include "analysis/pool/run_pool.hpp"
#include "sim/scenario/load_scenario.hpp"
#include "sim/world/simulate.hpp"
#include "support/places.hpp"

namespace chokepoint::analysis {

TEST_CASE("runs of a scenario give the same bytes for any number of workers and apart for each seed") {
  const sim::Scenario scenario =
      sim::load_scenario(std::string(CHOKEPOINT_SOURCE_DIR) + "/tests/cli/golden/small_site.json", {});
  std::vector<Run> runs;
  for (std::uint64_t seed = 1; seed <= 12; ++seed)
    runs.push_back([&scenario, seed](const sim::Progress& progress) {
      return sim::simulate(scenario, {.seed = seed, .keep_details = true}, progress);
    });
  runs.push_back(runs.front());
  const auto messages = [&](std::size_t workers) {
    std::vector<std::string> bytes;
    for (const RunResult& result : RunPool({.workers = workers}).run(runs)) {
      REQUIRE(std::holds_alternative<sim::Record>(result));
      bytes.push_back(encode_message(result));
    }
    return bytes;
  };
  const auto alone = messages(1);
  CHECK(messages(4) == alone);
  CHECK(alone.front() == alone.back());
  CHECK(alone[0] != alone[1]);
}

}  // namespace chokepoint::analysis
