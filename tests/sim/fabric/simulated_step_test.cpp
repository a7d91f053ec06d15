#include "sim/fabric/simulated_step.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

models::TrainingSetup setup(const models::ParallelPlan& plan, int batch) {
  models::TrainingSetup setup;
  setup.task = {.model = {.name = "model",
                          .layers = 16,
                          .hidden = 4096,
                          .heads = 32,
                          .kv_heads = 32,
                          .ffn_hidden = 16384,
                          .vocabulary = 51200},
                .sequence = 2048,
                .global_batch = batch};
  setup.hardware = {.matmul_flop_per_s = 250e12,
                    .peak_flop_per_s = 312e12,
                    .memory_bytes = 80e9,
                    .memory_bytes_per_s = 2e12,
                    .link_bytes_per_s = 300e9,
                    .network_bytes_per_s = 25e9};
  setup.framework = {.overlaps_data_traffic = false};
  setup.plan = plan;
  return setup;
}

/// Tensor, pipeline, data, rest and total, s.
std::vector<double> times_s(const models::TrainingSetup& setup, const StepFabric& fabric) {
  return tests::in_child([&] {
    const models::CommunicationTime time = SimulatedStep(setup, fabric).communication_time();
    return std::vector{time.tensor_s, time.pipeline_s, time.data_s, time.rest_s, time.total_s()};
  });
}

std::vector<double> closed_form_s(const models::TrainingSetup& setup) {
  const auto time = models::communication_time(models::step_work(setup), [&](const models::StepWork& work) {
    const models::StepTime step = models::step_time(setup, work);
    return step.total_s - step.scale_s;
  });
  return {time.tensor_s, time.pipeline_s, time.data_s, time.rest_s, time.total_s()};
}

void check_equal(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CAPTURE(i);
    CHECK(a[i] == doctest::Approx(b[i]).epsilon(tolerance));
  }
}

}  // namespace

TEST_CASE("a simulated step on a fabric that never blocks takes the time of the closed form") {
  using models::Sharding;
  for (const models::ParallelPlan& plan :
       {models::ParallelPlan{.tensor = 8, .data = 4},
        models::ParallelPlan{.tensor = 2, .data = 16, .sharding = Sharding::optimizer},
        models::ParallelPlan{.data = 32, .sharding = Sharding::parameters},
        models::ParallelPlan{.data = 32, .sharding = Sharding::hybrid},
        models::ParallelPlan{.tensor = 8, .pipeline = 4, .data = 2},
        models::ParallelPlan{.tensor = 4, .pipeline = 4, .data = 2, .interleave = 2}})
    for (const bool overlaps : {false, true}) {
      models::TrainingSetup step = setup(plan, 64);
      step.framework.overlaps_data_traffic = overlaps && plan.pipeline == 1;
      step.framework.overlaps_tensor_traffic = overlaps;
      CAPTURE(plan.gpus());
      CAPTURE(overlaps);
      check_equal(times_s(step, {}), closed_form_s(step), 1e-6);
    }
}

TEST_CASE("one replica stands for all where a fabric never blocks") {
  models::TrainingSetup step =
      setup({.tensor = 4, .pipeline = 2, .data = 6, .interleave = 2, .sharding = models::Sharding::optimizer}, 48);
  step.framework.overlaps_data_traffic = true;
  check_equal(times_s(step, {}), times_s(step, {.every_replica = true}), 1e-9);
}

TEST_CASE("sends between stages under other leaves take longer by the oversubscription") {
  // Leaves of two nodes; a stage has two nodes, all of whose cards send to the next leaf at once.
  const models::TrainingSetup step = setup({.tensor = 8, .pipeline = 4, .data = 2}, 16);
  const auto free = times_s(step, {});
  for (const double ratio : {2.0, 4.0}) {
    const auto tight = times_s(step, {.fabric = {models::FabricKind::fat_tree, 2, ratio}});
    CHECK(tight[0] == doctest::Approx(free[0]).epsilon(1e-9));
    CHECK(tight[1] == doctest::Approx(ratio * free[1]).epsilon(1e-6));
    CHECK(tight[3] == doctest::Approx(free[3]).epsilon(1e-9));
  }
}

TEST_CASE("a job whose neighbours stand under other leaves sums its gradients at the oversubscribed rate") {
  const models::TrainingSetup step = setup({.tensor = 8, .data = 4}, 64);
  const models::Fabric tight{models::FabricKind::fat_tree, 2, 2.0};
  const auto packed = times_s(step, {.fabric = tight});
  const auto scattered = times_s(step, {.fabric = tight, .nodes = {0, 2, 1, 3}});
  CHECK(packed[2] == doctest::Approx(closed_form_s(step)[2]).epsilon(1e-6));
  CHECK(scattered[2] == doctest::Approx(2 * packed[2]).epsilon(1e-6));
}

}  // namespace chokepoint::sim
