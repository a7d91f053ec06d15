#include "sim/workload/training_work.hpp"

#include <doctest/doctest.h>

#include "sim/catalogue/catalogue.hpp"
#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

using tests::scenario_with;

std::string runs(const std::string& list) {
  return R"({"kind": "training", "runs": [)" + list + "]}";
}

std::string run(const std::string& name, int gpus, const std::string& more = "") {
  return R"({"name": ")" + name + R"(", "model": "llama2-7b", "tokens": 1e11, "gpus": )" + std::to_string(gpus) + more +
         "}";
}

/// Columns of the table of runs, one after the other, in the order of its rows.
std::vector<double> columns(const Scenario& scenario, const std::vector<std::string>& names) {
  return tests::in_child([&] {
    const Record record = simulate(scenario, {}, {});
    std::vector<double> values;
    const Table* table = record.find_table("training");
    if (table == nullptr) return values;
    for (const std::string& name : names)
      for (const Column& column : table->columns)
        if (column.name == name)
          for (const double value : std::get<std::vector<double>>(column.values)) values.push_back(value);
    return values;
  });
}

double work_s(int gpus) {
  return training_run({.model = "llama2-7b", .tokens = 1e11}, catalogue().servers.at("dgx-a100-80gb").value, gpus, 0)
      .work_s();
}

std::vector<Fault> faults_of(const std::string& workload, int nodes) {
  try {
    (void)scenario_with(workload, "", nodes);
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

/// The same on a fleet of 8 servers of 8 A100 and 8 of 8 H100.
Scenario on_two_generations(const std::string& list, const std::string& keys = "", const std::string& more = "") {
  return tests::scenario_of(R"({"name": "a", "start": "2023-01-02", )" + keys +
                            R"("sites": [{"name": "s"}], "fleets": [{"name": "f", )" + more +
                            R"("servers": [{"server": "dgx-a100-80gb", "nodes": 8, "server_price": "100000 USD"},
                            {"server": "dgx-h100", "nodes": 8, "server_price": "300000 USD"}], "workload": )" +
                            runs(list) + "}]}");
}

TrainingRun run_on(const std::string& server, int gpus, models::Precision precision = models::Precision::bf16) {
  return training_run({.model = "llama2-7b", .tokens = 1e11, .precision = precision},
                      catalogue().servers.at(server).value, gpus, 0);
}

}  // namespace

TEST_CASE("a training run takes its steps from its submission on where GPUs are free") {
  const auto values =
      columns(scenario_with(runs(run("a", 64, R"(, "submit": "2023-01-03T06:00", "deadline": "40 d")")), "", 8),
              {"start_time_s", "end_time_s", "late_s", "tokens_done"});
  REQUIRE(values.size() == 4);
  CHECK(values[0] == 30.0 * 3600.0);
  CHECK(values[1] == doctest::Approx(30.0 * 3600.0 + work_s(64)));
  CHECK(values[2] == doctest::Approx(values[1] - 40.0 * 86400.0));
  CHECK(values[3] == 1e11);
}

TEST_CASE("runs wait for the GPUs of others and of jobs beside them") {
  const std::string list = runs(run("first", 64) + ", " + run("second", 64, R"(, "submit": "1 d")"));
  const auto alone = columns(scenario_with(list, "", 8), {"start_time_s", "end_time_s"});
  REQUIRE(alone.size() == 4);
  CHECK(alone[0] == 0.0);
  CHECK(alone[1] == doctest::Approx(alone[2]));
  const std::string demand = R"([{"kind": "constant", "gpus": 8}, )" + list + "]";
  CHECK(columns(scenario_with(demand, R"("duration": "30 d", )", 8), {"days"}).size() == 2);
  const auto beside = columns(scenario_with(demand, R"("duration": "200 d", )", 9), {"start_time_s", "end_time_s"});
  CHECK(beside == alone);
}

TEST_CASE("a run that the end of the scenario cuts has trained on its share of the tokens") {
  const double half_d = work_s(64) / 2.0 / 86400.0;
  const auto values = columns(scenario_with(runs(run("a", 64, R"(, "deadline": "1 h")")),
                                            R"("duration": ")" + std::to_string(half_d) + R"( d", )", 8),
                              {"tokens_done", "days", "late_s", "end_time_s"});
  REQUIRE(values.size() == 4);
  CHECK(values[0] == doctest::Approx(5e10).epsilon(0.001));
  CHECK(values[1] == doctest::Approx(half_d).epsilon(0.001));
  CHECK(values[2] == doctest::Approx(half_d * 86400.0 - 3600.0).epsilon(0.001));
  CHECK(std::isnan(values[3]));
}

TEST_CASE("a run asks for GPUs at their peak as its MFU says") {
  const auto values = columns(scenario_with(runs(run("a", 64)), "", 8), {"mfu_percent", "gpus_at_peak"});
  REQUIRE(values.size() == 2);
  CHECK(values[1] == doctest::Approx(64.0 * values[0] / 100.0));
}

TEST_CASE("all that stands against runs is told with its place") {
  const auto faults =
      faults_of(runs(run("a", 128) + ", " + R"({"name": "b", "model": "gpt3-175b", "gpus": [8, 12]}, )" +
                     run("c", 64, R"(, "submit": "2022-12-31", "framework": "megatron-cre")")),
                8);
  std::vector<std::string> places;
  for (const Fault& fault : faults) places.push_back(fault.where);
  CHECK(places == std::vector<std::string>{"/fleets/0/workload/runs/0/gpus", "/fleets/0/workload/runs/1/gpus",
                                           "/fleets/0/workload/runs/1/gpus", "/fleets/0/workload/runs/2/submit",
                                           "/fleets/0/workload/runs/2/framework"});
  CHECK(faults[1].found.find("393.6 GB at least") != std::string::npos);
  CHECK(faults[2].found.find("12 (8 or 16)") != std::string::npos);
}

TEST_CASE("a run takes the plan and the days and the draw of the generation that it gets") {
  const TrainingRun on_h100 = run_on("dgx-h100", 64);
  const TrainingRun on_a100 = run_on("dgx-a100-80gb", 64);
  const auto values = columns(on_two_generations(run("first", 64) + ", " + run("second", 64)),
                              {"start_time_s", "days", "mfu_percent", "energy_mwh", "hardware_cost_usd"});
  REQUIRE(values.size() == 10);
  CHECK(values[0] == 0.0);
  CHECK(values[1] == 0.0);
  CHECK(values[2] == doctest::Approx(on_h100.work_s() / 86400.0));
  CHECK(values[3] == doctest::Approx(on_a100.work_s() / 86400.0));
  CHECK(values[4] == doctest::Approx(100.0 * on_h100.utilization.mfu));
  CHECK(values[5] == doctest::Approx(100.0 * on_a100.utilization.mfu));
  CHECK(values[6] == doctest::Approx(64.0 * on_h100.slot_w() * on_h100.work_s() / 3.6e9).epsilon(1e-6));
  CHECK(values[7] == doctest::Approx(64.0 * on_a100.slot_w() * on_a100.work_s() / 3.6e9).epsilon(1e-6));
  // Eight servers of either type, three times as dear.
  CHECK(values[8] / on_h100.work_s() == doctest::Approx(3.0 * values[9] / on_a100.work_s()));
}

TEST_CASE("a run takes the first of its numbers of GPUs that is free") {
  const std::string either = R"({"name": "b", "model": "llama2-7b", "tokens": 1e11, "gpus": [64, 32]})";
  const auto values = columns(scenario_with(runs(run("a", 32) + ", " + either), "", 8), {"start_time_s", "days"});
  REQUIRE(values.size() == 4);
  CHECK(values[1] == 0.0);
  CHECK(values[3] == doctest::Approx(work_s(32) / 86400.0));
  const auto alone = columns(scenario_with(runs(either), "", 8), {"days"});
  REQUIRE(alone.size() == 1);
  CHECK(alone[0] == doctest::Approx(work_s(64) / 86400.0));
}

TEST_CASE("a run waits for the only generation that can do it and is refused where none can") {
  const std::string in_fp8 = R"(, "precision": "fp8")";
  const auto values =
      columns(on_two_generations(run("first", 64) + ", " + run("second", 64, in_fp8)), {"start_time_s"});
  REQUIRE(values.size() == 2);
  CHECK(values[1] == doctest::Approx(run_on("dgx-h100", 64).work_s()));
  CHECK(faults_of(runs(run("a", 64, in_fp8)), 8).size() == 1);
  CHECK_THROWS_WITH_AS(on_two_generations(run("a", 72)),
                       doctest::Contains("at most the 64 GPUs of the fleet's largest generation"), InputError);
}

TEST_CASE("a run that was preempted goes on with its share of work on another generation") {
  const double half_s = run_on("dgx-h100", 64).work_s() / 2.0;
  const std::string late = R"(, "priority": 1, "submit": ")" + std::to_string(half_s / 86400.0) + R"( d")";
  // The second may have no other than H100; the first does its other half on A100.
  const auto values =
      columns(on_two_generations(run("first", 64) + ", " + run("second", 64, late + R"(, "precision": "fp8")"), "",
                                 R"("scheduler": "priority", )"),
              {"end_time_s", "tokens_done"});
  REQUIRE(values.size() == 4);
  CHECK(values[0] == doctest::Approx(half_s + run_on("dgx-a100-80gb", 64).work_s() / 2.0));
  CHECK(values[1] == doctest::Approx(half_s + run_on("dgx-h100", 64, models::Precision::fp8).work_s()));
  CHECK(values[2] == 1e11);
}

}  // namespace chokepoint::sim
