#include <benchmark/benchmark.h>

#include "sim/catalogue/catalogue.hpp"
#include "sim/training/training_run.hpp"

// The closed form of a training step, and the search of a plan; asked: 5 us; 50 ms for 175B on 1,024 GPUs, 500 ms on
// 16,384. Expert ranks make the search of a mixture longer.

namespace chokepoint::bench {
namespace {

models::TrainingSetup setup_of(sim::TrainingOrder work, const char* server, int gpus) {
  return sim::training_run(work, sim::catalogue().servers.at(server).value, gpus, 1).setup;
}

void closed_form_step(benchmark::State& state) {
  const models::TrainingSetup setup = setup_of({.model = "gpt3-175b", .batch = 1536}, "dgx-a100-80gb", 1024);
  for (auto _ : state) benchmark::DoNotOptimize(models::step_time(setup).total_s);
}
BENCHMARK(closed_form_step)->Unit(benchmark::kMicrosecond);

void plan_search_of_mixture(benchmark::State& state) {
  const models::TrainingSetup setup = setup_of({.model = "deepseek-v3"}, "hgx-h800", 2048);
  for (auto _ : state) benchmark::DoNotOptimize(models::search_plans(setup, 2048).fitting);
}
BENCHMARK(plan_search_of_mixture)->Unit(benchmark::kMillisecond);

void plan_search(benchmark::State& state) {
  const auto gpus = static_cast<int>(state.range(0));
  const models::TrainingSetup setup = setup_of({.model = "gpt3-175b", .batch = 16384}, "dgx-a100-80gb", gpus);
  for (auto _ : state) benchmark::DoNotOptimize(models::search_plans(setup, gpus).fitting);
}
BENCHMARK(plan_search)->Arg(1024)->Arg(16384)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint::bench
