#include "models/training/step_time.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace chokepoint::models;

namespace {

TrainingSetup a100(int layers, int hidden, int heads, int batch, ParallelPlan plan) {
  TrainingSetup setup;
  setup.task.model = {.name = "gpt",
                      .layers = layers,
                      .hidden = hidden,
                      .heads = heads,
                      .kv_heads = heads,
                      .ffn_hidden = 4 * hidden,
                      .vocabulary = 51200};
  setup.task.global_batch = batch;
  setup.task.precision = Precision::fp16;
  setup.hardware = {.matmul_flop_per_s = 271.2e12,
                    .peak_flop_per_s = 312e12,
                    .memory_bytes = 80e9,
                    .memory_bytes_per_s = 2039e9,
                    .link_bytes_per_s = 300e9,
                    .network_bytes_per_s = 25e9};
  setup.plan = plan;
  setup.framework = {.name = "Megatron-LM", .fused_attention = false};
  return setup;
}

struct Published {
  int layers, hidden, heads, batch, micro_batch, pipeline, interleave;
  double full_s, selective_s;
};

}  // namespace

TEST_CASE("the steps of Korthikanti et al. are met within 10 %") {
  // arXiv:2205.05198, table 5: full recomputation, and selective with sequence parallelism.
  const std::vector<Published> rows{{48, 6144, 64, 4, 4, 1, 1, 1.42, 1.10},
                                    {96, 12288, 96, 64, 1, 8, 3, 18.13, 13.75},
                                    {105, 20480, 128, 280, 1, 35, 3, 49.05, 37.83},
                                    {128, 25600, 160, 512, 1, 64, 1, 94.42, 71.49}};
  for (const Published& row : rows) {
    for (const bool selective : {false, true}) {
      const TrainingSetup setup = a100(row.layers, row.hidden, row.heads, row.batch,
                                       {.tensor = 8,
                                        .pipeline = row.pipeline,
                                        .micro_batch = row.micro_batch,
                                        .interleave = row.interleave,
                                        .sequence_parallel = selective,
                                        .recompute = selective ? Recompute::selective : Recompute::full});
      const double error = step_time(setup).total_s / (selective ? row.selective_s : row.full_s) - 1;
      CAPTURE(row.hidden);
      CAPTURE(selective);
      CAPTURE(error);
      CHECK(std::abs(error) < 0.10);
    }
  }
}

TEST_CASE("the parts of a step sum to its total") {
  for (const Sharding sharding : {Sharding::none, Sharding::optimizer, Sharding::parameters, Sharding::hybrid}) {
    const StepTime time =
        step_time(a100(48, 6144, 64, 64,
                       {.tensor = 2, .pipeline = 2, .data = 16, .recompute = Recompute::full, .sharding = sharding}));
    CHECK(time.total_s ==
          doctest::Approx(time.compute_s + time.tensor_s + time.context_s + time.expert_s + time.pipeline_s +
                          time.data_s + time.bubble_s + time.optimizer_s + time.scale_s));
    CHECK(time.recompute_s < time.compute_s);
  }
}

TEST_CASE("a thinner link never makes a step faster") {
  TrainingSetup setup = a100(48, 6144, 64, 64, {.tensor = 8, .data = 4});
  const double wide_s = step_time(setup).total_s;
  setup.hardware.link_bytes_per_s = 200e9;
  CHECK(step_time(setup).total_s > wide_s);
}

TEST_CASE("the bubble of equal stages is the textbook share of the work of a stage") {
  // (p - 1) / (v m) of the work of one stage, arXiv:2104.04473 section 2.2.
  TrainingSetup setup = a100(48, 6144, 64, 32, {.pipeline = 4, .interleave = 3});
  setup.task.model.vocabulary = 0;
  const StepTime time = step_time(setup);
  CHECK(time.bubble_s / time.compute_s == doctest::Approx(3.0 / (3 * 32)));
}
