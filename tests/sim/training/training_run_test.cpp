#include "sim/training/training_run.hpp"

#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "models/power/server_power_line.hpp"
#include "models/training/step_phases.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/fault.hpp"
#include "sim/training/plan_text.hpp"
#include "sim/training/run_clock.hpp"

namespace chokepoint::sim {
namespace {

const models::Server& server(const char* name) {
  return catalogue().servers.at(name).value;
}

std::vector<Fault> faults_of(const TrainingOrder& order, const char* name, int gpus) {
  try {
    (void)training_run(order, server(name), gpus, 0);
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

}  // namespace

TEST_CASE("a run says all that stands against it at once") {
  const auto faults = faults_of({.model = "gpt3-17b", .framework = "megatron-cre", .precision = models::Precision::fp8},
                                "dgx-a100-80gb", 1021);
  std::set<std::string> fields;
  for (const Fault& fault : faults) fields.insert(fault.where);
  CHECK(fields == std::set<std::string>{"model", "framework", "precision", "gpus"});
}

TEST_CASE("a model that fits on no plan is refused with the memory that it needs and that a GPU has") {
  const auto faults = faults_of({.model = "gpt3-175b"}, "dgx-a100-80gb", 8);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].where == "gpus");
  CHECK(faults[0].expected.find("73.6 GB of a GPU's 80.0 GB") != std::string::npos);
  CHECK(faults[0].found.find("393.6 GB at least") != std::string::npos);
}

TEST_CASE("GPUs that no plan divides are refused with the next smaller number that one does") {
  const auto faults = faults_of({.model = "gpt3-175b"}, "dgx-1-v100", 10000);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].hint.find("9984 would do") != std::string::npos);
  CHECK(faults_of({.model = "gpt3-175b"}, "dgx-1-v100", 9984).empty());
}

TEST_CASE("a plan that is given is taken and one that is not is the fastest of those that fit") {
  const TrainingOrder free{.model = "gpt3-175b"};
  TrainingOrder bound = free;
  bound.plan = parse_plan("tp8 pp16 dp8 mbs1 v3 full zero1 sp");
  const TrainingRun fastest = training_run(free, server("dgx-a100-80gb"), 1024, 3);
  const TrainingRun given = training_run(bound, server("dgx-a100-80gb"), 1024, 0);
  CHECK(plan_text(given.setup.plan) == "tp8 pp16 dp8 mbs1 v3 full zero1 sp");
  CHECK(given.step.total_s > fastest.step.total_s);
  CHECK(fastest.search.best.size() == 3);
  CHECK(fastest.step.total_s == fastest.search.best.front().time.total_s);
  CHECK(fastest.work_s() == doctest::Approx(3e11 / (1536 * 2048) * fastest.step.total_s));
}

// arXiv:2412.08602, arXiv:2506.14551: 76 % of TDP over a training run; MLPerf Training 4.0: 720-900 W a GPU of a node.
TEST_CASE("GPUs draw 76 percent of their TDP within 5 points in training and H100 nodes 720 to 900 W a GPU") {
  struct Sample {
    const char* model;
    const char* server;
    int gpus;
  };
  for (const Sample& sample : {Sample{"llama2-7b", "dgx-h100", 8}, Sample{"llama2-70b", "dgx-h100", 256},
                               Sample{"gpt3-175b", "dgx-h100", 1024}, Sample{"llama3.1-405b", "dgx-h100", 16384},
                               Sample{"gpt3-175b", "dgx-a100-80gb", 1024}}) {
    CAPTURE(sample.model);
    CAPTURE(sample.gpus);
    const models::Server& node = server(sample.server);
    const TrainingRun run = training_run({.model = sample.model}, node, sample.gpus, 0);
    const double slot_w = run.slot_w();
    if (node.name == "dgx-h100") {
      CHECK(slot_w >= 720.0);
      CHECK(slot_w <= 900.0);
    }
    // Back along the server's line to its GPUs.
    const double idle_w = node.power.slot_w(models::PowerState::idle);
    const double training_w = node.power.slot_w(models::PowerState::computing);
    const double gpu_idle = *node.accelerator.idle_w / *node.accelerator.tdp_w;
    const double share =
        gpu_idle + (slot_w - idle_w) * (models::power_share::training - gpu_idle) / (training_w - idle_w);
    CHECK(share >= 0.71);
    CHECK(share <= 0.81);
  }
}

// arXiv:2407.21783: more than 90 %.
TEST_CASE("the effective time of Llama 3 on 16384 H100 comes out above 90 percent") {
  const TrainingRun run = training_run({.model = "llama3.1-405b"}, server("dgx-h100"), 16384, 0);
  CHECK(run_clock(run).effective_share > 0.90);
}

TEST_CASE("the clock of a run is its steps and what failures and checkpoints add") {
  const TrainingRun run = training_run({.model = "llama3.1-405b"}, server("dgx-h100"), 16384, 0);
  const RunClock clock = run_clock(run);
  CHECK(clock.work_s == doctest::Approx(run.work_s()));
  CHECK(clock.total_s * clock.effective_share == doctest::Approx(clock.work_s));
  const models::PhaseShares& phases = clock.phases;
  CHECK(phases.computing + phases.communicating + phases.checkpointing + phases.idle == doctest::Approx(1.0));
  CHECK(phases.idle > 0.0);
  CHECK(phases.computing / phases.communicating == doctest::Approx(run.phases.computing / run.phases.communicating));
  CHECK(phases.checkpointing * clock.total_s ==
        doctest::Approx(clock.work_s / clock.checkpoint_interval_s * clock.checkpoint_write_s));
}

}  // namespace chokepoint::sim
