#include <benchmark/benchmark.h>

#include "analysis/training/forecast.hpp"

// The closed form of a training step, and the search of a plan; asked: 5 us; 50 ms for 175B on 1,024 GPUs, 500 ms on
// 16,384.

namespace chokepoint::bench {
namespace {

models::TrainingSetup gpt3(int gpus, int batch) {
  return analysis::forecast({.work = {.model = "gpt3-175b", .batch = batch}, .gpus = gpus}, "dgx-a100-80gb").run.setup;
}

void closed_form_step(benchmark::State& state) {
  const models::TrainingSetup setup = gpt3(1024, 1536);
  for (auto _ : state) benchmark::DoNotOptimize(models::step_time(setup).total_s);
}
BENCHMARK(closed_form_step)->Unit(benchmark::kMicrosecond);

void plan_search(benchmark::State& state) {
  const auto gpus = static_cast<int>(state.range(0));
  const models::TrainingSetup setup = gpt3(gpus, 16384);
  for (auto _ : state) benchmark::DoNotOptimize(models::search_plans(setup, gpus).fitting);
}
BENCHMARK(plan_search)->Arg(1024)->Arg(16384)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint::bench
