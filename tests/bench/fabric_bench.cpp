#include <benchmark/benchmark.h>

#include "analysis/training/forecast.hpp"
#include "bench/child_process.hpp"
#include "sim/fabric/simulated_step.hpp"
#include "sim/training/plan_text.hpp"

// One training step of GPT-3 on 3,072 A100 on SimGrid, tensor 8, pipeline 16, data 24, in three chunks; asked: 10 s.

namespace chokepoint::bench {
namespace {

models::TrainingSetup gpt3_on_3072() {
  return analysis::forecast({.order = {.model = "gpt3-175b",
                                       .batch = 1536,
                                       .plan = sim::parse_plan("tp8 pp16 dp24 mbs1 v3 full zero1 sp")},
                             .gpus = 3072},
                            "dgx-a100-80gb")
      .run.setup;
}

/// Argument: the fabric's oversubscription in tenths; above one every replica is simulated.
void simulated_step(benchmark::State& state) {
  const models::TrainingSetup setup = gpt3_on_3072();
  const sim::StepFabric fabric{
      .fabric = {models::FabricKind::fat_tree, 32, static_cast<double>(state.range(0)) / 10.0}};
  for (auto _ : state) {
    const Cost cost = in_child([&] {
      Cost step;
      step.seconds = seconds_of([&] {
        sim::SimulatedStep simulated(setup, fabric);
        step.extra = simulated.step_s(models::step_work(setup));
      });
      return step;
    });
    state.SetIterationTime(cost.seconds);
    state.counters["step_s"] = cost.extra;
  }
}
BENCHMARK(simulated_step)->Arg(10)->Arg(20)->UseManualTime()->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint::bench
