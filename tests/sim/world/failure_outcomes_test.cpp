#include "sim/world/failure_outcomes.hpp"

#include <doctest/doctest.h>

#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

/// Two weeks of random jobs on 32 nodes with more keys of the fleet, such as "\"failures\": {},".
Scenario scenario_with_fleet_keys(const std::string& keys) {
  return tests::scenario_of(R"({"name": "a", "start": "2023-01-02", "duration": "14 d", "sites": [{"name": "s"}],
    "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 32, )" +
                            keys + R"("workload": {"kind": "synthetic", "mean_interval": "20 min",
      "median_duration": "3 h", "sizes": [{"gpus": 4, "weight": 5}, {"gpus": 8, "weight": 3}, {"gpus": 64, "weight": 2}]}}]})");
}

double value(const Record& record, std::string_view key) {
  const Figure* const figure = record.find_figure(key);
  if (figure == nullptr) return -1.0;
  if (const auto* count = std::get_if<std::int64_t>(&figure->value)) return static_cast<double>(*count);
  return std::get<double>(figure->value);
}

std::vector<double> figures(const std::string& keys, const std::vector<std::string>& of, std::uint64_t seed = 1) {
  return tests::in_child([&] {
    const Record record = simulate(scenario_with_fleet_keys(keys), {.seed = seed, .keep_details = true}, {});
    std::vector<double> values;
    for (const std::string& key : of) values.push_back(value(record, key));
    const Table* const table = record.find_table("failures");
    values.push_back(table == nullptr ? -1.0 : static_cast<double>(table->rows()));
    return values;
  });
}

const std::string often = R"("failures": {"rate": 300, "job_rate": 100, "lemons": {"share": 0.1, "multiple": 5}},
                             "spare_nodes": 2, "checkpoints": {"write": "1 min"}, )";

}  // namespace

TEST_CASE("GPU-hours at work are what lasts and what failures and checkpoints took") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto hours = figures(often,
                               {"gpu_hours", "effective_gpu_hours", "lost_gpu_hours", "restart_gpu_hours",
                                "checkpoint_gpu_hours", "interruptions", "node_failures", "down_gpu_hours"},
                               seed);
    CAPTURE(seed);
    CHECK(hours[1] + hours[2] + hours[3] + hours[4] == doctest::Approx(hours[0]).epsilon(1e-9));
    for (const double part : hours) CHECK(part > 0.0);
    // The table has the failures of nodes and those of jobs alone.
    CHECK(hours[8] > hours[6]);
  }
}

TEST_CASE("a fleet whose failures are off works as one without and tells that nothing failed") {
  const std::vector<std::string> work{"jobs_finished", "wait_mean_s", "completion_mean_s", "energy_mwh", "gpu_hours"};
  const auto none = figures("", work);
  const auto off = figures(R"("failures": {"on": false}, )", work);
  for (std::size_t i = 0; i < work.size(); ++i) CHECK(off[i] == none[i]);
  CHECK(none.back() == -1.0);
  CHECK(off.back() == 0.0);
  const auto sums = figures(R"("failures": {"on": false}, )", {"interruptions", "lost_gpu_hours", "down_gpu_hours"});
  for (const double sum : sums) CHECK(sum == 0.0);
  CHECK(figures("", {"interruptions"})[0] == -1.0);
}

TEST_CASE("checkpoints lose less work than none and the same seed gives the same record") {
  const std::string without = R"("failures": {"rate": 300}, )";
  const auto lost = figures(without, {"lost_gpu_hours"});
  const auto kept = figures(R"("failures": {"rate": 300}, "checkpoints": {"write": "1 min"}, )", {"lost_gpu_hours"});
  CHECK(kept[0] < 0.5 * lost[0]);
  const auto run = [&] {
    return tests::in_child([&] {
      const Record record = simulate(scenario_with_fleet_keys(often), {.seed = 3, .keep_details = true}, {});
      return std::get<std::vector<double>>(record.find_table("failures")->columns.front().values);
    });
  };
  CHECK(run() == run());
}

}  // namespace chokepoint::sim
