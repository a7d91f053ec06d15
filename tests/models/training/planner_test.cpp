#include "models/training/planner.hpp"

#include <doctest/doctest.h>

using namespace chokepoint::models;

namespace {

TrainingSetup gpt3_on_a100() {
  TrainingSetup setup;
  setup.task.model = {.name = "gpt3-175b",
                      .layers = 96,
                      .hidden = 12288,
                      .heads = 96,
                      .kv_heads = 96,
                      .ffn_hidden = 49152,
                      .vocabulary = 51200};
  setup.task.global_batch = 64;
  setup.hardware = {.matmul_flop_per_s = 271.2e12,
                    .peak_flop_per_s = 312e12,
                    .memory_bytes = 80e9,
                    .memory_bytes_per_s = 2039e9,
                    .link_bytes_per_s = 300e9,
                    .network_bytes_per_s = 25e9};
  setup.framework.fused_attention = false;
  return setup;
}

}  // namespace

TEST_CASE("the best plan fits and is no slower than the published one") {
  // Korthikanti et al., arXiv:2205.05198 table 3: GPT-3 on 64 A100.
  TrainingSetup setup = gpt3_on_a100();
  const PlanSearch search = search_plans(setup, 64);
  setup.plan = {.tensor = 8,
                .pipeline = 8,
                .interleave = 3,
                .sequence_parallel = true,
                .recompute = Recompute::selective,
                .sharding = Sharding::optimizer};
  REQUIRE(!search.best.empty());
  CHECK(search.best.front().time.total_s <= step_time(setup).total_s);
  for (const RatedPlan& plan : search.best) {
    CHECK(plan.plan.gpus() == 64);
    CHECK(plan.memory.total_bytes() <= 0.92 * 80e9);
    CHECK(plan.time.total_s >= search.best.front().time.total_s);
  }
}

TEST_CASE("more memory never makes the best plan slower") {
  TrainingSetup setup = gpt3_on_a100();
  double before = search_plans(setup, 128).best.at(0).time.total_s;
  for (const double gigabytes : {96, 128, 192}) {
    setup.hardware.memory_bytes = gigabytes * 1e9;
    const double now = search_plans(setup, 128).best.at(0).time.total_s;
    CHECK(now <= before);
    before = now;
  }
}

TEST_CASE("a model that fits on no plan leaves the memory that the smallest plan needs") {
  const PlanSearch search = search_plans(gpt3_on_a100(), 8);
  CHECK(search.best.empty());
  REQUIRE(search.least_memory_too_large);
  // 175 billion parameters of 18 bytes over 8 GPUs.
  CHECK(search.least_memory_too_large->memory.total_bytes() > 300e9);
}

TEST_CASE("a plan has nothing that its framework cannot do") {
  TrainingSetup setup = gpt3_on_a100();
  setup.framework.interleaves = setup.framework.shards_parameters = false;
  const PlanSearch search = search_plans(setup, 64, 1000);
  REQUIRE(!search.best.empty());
  for (const RatedPlan& plan : search.best) {
    CHECK(plan.plan.interleave == 1);
    CHECK(plan.plan.sharding != Sharding::parameters);
  }
  setup.framework.interleaves = true;
  CHECK(search_plans(setup, 64).best.front().time.total_s < search.best.front().time.total_s);
}
