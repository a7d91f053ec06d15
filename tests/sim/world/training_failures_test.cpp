#include <cmath>

#include <doctest/doctest.h>

#include "models/reliability/run_reliability.hpp"
#include "models/training/transformer.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/training/run_clock.hpp"
#include "sim/workload/training_work.hpp"
#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

struct Fleet {
  std::string server;
  int nodes = 0;
  /// More keys, with commas behind them.
  std::string keys;
};

Scenario scenario(const Fleet& fleet, const std::string& run) {
  return tests::scenario_of(
      R"({"name": "a", "start": "2023-01-02", "sites": [{"name": "s"}], "fleets": [{"name": "f", )" + fleet.keys +
      R"("server": ")" + fleet.server + R"(", "nodes": )" + std::to_string(fleet.nodes) +
      R"(, "workload": {"kind": "training", "runs": [)" + run + "]}}]}");
}

/// Of the one run, by seeds 1 to `seeds`.
std::vector<double> effective_shares(const Scenario& scenario, std::uint64_t seeds) {
  std::vector<double> shares;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed)
    shares.push_back(tests::in_child([&] {
                       const Record record = simulate(scenario, {.seed = seed}, {});
                       for (const Column& column : record.find_table("training")->columns)
                         if (column.name == "effective_share") return std::get<std::vector<double>>(column.values);
                       return std::vector<double>{-1.0};
                     }).front());
  return shares;
}

double mean(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("a run alone in a fleet with failures has the effective share of its clock") {
  const std::string plan = "tp8 pp16 dp128 mbs1 full zero1 sp";
  const Scenario alone = scenario(
      {.server = "dgx-h100", .nodes = 2048 + 32, .keys = R"("failures": {}, "checkpoints": {}, "spare_nodes": 32, )"},
      R"({"name": "r", "model": "llama3.1-405b", "gpus": 16384, "batch": 2048, "tokens": 1e13, "plan": ")" + plan +
          "\"}");
  const auto* work = dynamic_cast<const TrainingWork*>(alone.fleets.front().works.front().work.get());
  REQUIRE(work != nullptr);
  const RunClock clock = run_clock(work->runs().front().on.front());
  REQUIRE(clock.interruptions > 300.0);
  const std::vector<double> shares = effective_shares(alone, 5);
  for (const double share : shares) CHECK(share == doctest::Approx(clock.effective_share).epsilon(0.02));
  // What is lost goes by the number of interruptions, a Poisson count over all seeds.
  const double sigma = 1.0 / std::sqrt(5.0 * clock.interruptions);
  CHECK(1.0 - mean(shares) == doctest::Approx(1.0 - clock.effective_share).epsilon(3.5 * sigma));
}

TEST_CASE("a run that is interrupted often keeps its own bytes at the interval of its own nodes") {
  const Scenario alone = scenario({.server = "dgx-a100-80gb",
                                   .nodes = 8 + 6,
                                   .keys = R"("failures": {"rate": 1000, "repair": "1 h"}, "checkpoints": {},
                                              "spare_nodes": 6, )"},
                                  R"({"name": "r", "model": "llama2-70b", "gpus": 64, "tokens": 1e11})");
  const auto* work = dynamic_cast<const TrainingWork*>(alone.fleets.front().works.front().work.get());
  REQUIRE(work != nullptr);
  const TrainingRun& run = work->runs().front().on.front();
  const models::RunOutlook outlook = models::outlook({.parameters = models::parameters(run.setup.task.model).total,
                                                      .gpus = 64.0,
                                                      .failures = {.per_1000_node_days = 1000.0}});
  const double interruptions = run.work_s() / outlook.effective_ratio * outlook.interruptions_per_s;
  REQUIRE(interruptions > 200.0);
  REQUIRE(outlook.write_s > 200.0);
  const std::vector<double> shares = effective_shares(alone, 10);
  CHECK(mean(shares) == doctest::Approx(outlook.effective_ratio).epsilon(0.02));
  // A checkpoint of twice the bytes would not pass.
  const models::RunOutlook twice = models::outlook({.parameters = 2.0 * models::parameters(run.setup.task.model).total,
                                                    .gpus = 64.0,
                                                    .failures = {.per_1000_node_days = 1000.0}});
  CHECK(mean(shares) > 1.04 * twice.effective_ratio);
}

TEST_CASE("runs of a fleet whose failures are off are those of one without them") {
  const std::string run = R"({"name": "r", "model": "llama2-7b", "gpus": 64, "tokens": 1e11})";
  const auto numbers = [&](const std::string& keys) {
    return tests::in_child([&] {
      const Record record =
          simulate(scenario({.server = "dgx-a100-80gb", .nodes = 8, .keys = keys}, run), {.keep_details = true}, {});
      std::vector<double> values;
      for (const char* name : {"training", "jobs"}) {
        const Table* const table = record.find_table(name);
        REQUIRE(table != nullptr);
        for (const Column& column : table->columns)
          if (const auto* doubles = std::get_if<std::vector<double>>(&column.values))
            for (const double value : *doubles) values.push_back(std::isnan(value) ? -1.0 : value);
      }
      return values;
    });
  };
  const auto none = numbers("");
  REQUIRE(none.size() > 20);
  CHECK(numbers(R"("failures": {"on": false}, )") == none);
  CHECK(numbers(R"("failures": {"on": false}, "checkpoints": {}, )") == none);
}

}  // namespace chokepoint::sim
