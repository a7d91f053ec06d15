#include <doctest/doctest.h>

#include "models/training/memory_per_gpu.hpp"
#include "models/training/planner.hpp"
#include "models/training/step_time.hpp"

using namespace chokepoint::models;

namespace {

/// Llama 3.1 8B on H100.
TrainingSetup llama(int sequence, ParallelPlan plan) {
  TrainingSetup setup;
  setup.task.model = {.name = "llama",
                      .layers = 32,
                      .hidden = 4096,
                      .heads = 32,
                      .kv_heads = 8,
                      .ffn_hidden = 14336,
                      .gated = true,
                      .vocabulary = 128256,
                      .tied_embeddings = false};
  setup.task.sequence = sequence;
  setup.task.global_batch = 8;
  setup.hardware = {.matmul_flop_per_s = 794.5e12,
                    .peak_flop_per_s = 989e12,
                    .memory_bytes = 80e9,
                    .memory_bytes_per_s = 3350e9,
                    .link_bytes_per_s = 450e9,
                    .network_bytes_per_s = 50e9};
  setup.plan = plan;
  return setup;
}

}  // namespace

TEST_CASE("context ranks gather keys and values and scatter their gradients") {
  StepConstants constants;
  constants.link = 1.0;
  // A gather of 2 x 8 heads of 128 in 2 bytes a token, forward, and two more backward; three quarters of it from
  // others.
  const double bytes = 32 * 3 * 131072.0 * 2 * 8 * 128 * 2 * 3 / 4;
  CHECK(step_time(llama(131072, {.data = 2, .context = 4}), constants).context_s == doctest::Approx(4 * bytes / 450e9));
  CHECK(step_time(llama(131072, {.data = 8}), constants).context_s == 0.0);
}

TEST_CASE("context ranks share out the activations of a sequence and the states") {
  const ParallelPlan one{.recompute = Recompute::full, .sharding = Sharding::optimizer};
  ParallelPlan four = one;
  four.context = 4;
  const GpuMemory whole = memory_per_gpu(llama(131072, one));
  const GpuMemory shared = memory_per_gpu(llama(131072, four));
  CHECK(shared.activations_bytes == doctest::Approx(whole.activations_bytes / 4));
  CHECK(shared.states_bytes < whole.states_bytes);
}

TEST_CASE("a sequence too long for one GPU is spread over context ranks") {
  // torchtitan, December 2024, table 2: 262,144 tokens on 8 H100 with 8 context ranks.
  const PlanSearch search = search_plans(llama(262144, {}), 64);
  REQUIRE(!search.best.empty());
  CHECK(search.best.front().plan.context * search.best.front().plan.tensor >= 4);
  for (const RatedPlan& plan : search.best) CHECK(plan.plan.gpus() == 64);
  for (const RatedPlan& plan : search_plans(llama(8192, {}), 8).best) CHECK(plan.plan.context == 1);
}
