#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>

#include "bench/child_process.hpp"
#include "bench/scale_run.hpp"

// Synthetic jobs, streamed, at load .8 on fleets of 10^3 to 10^6 GPUs.

namespace chokepoint::bench {
namespace {

/// Instructions of a run in a process of its own, as callgrind counts them; 0 where there is no valgrind.
double instructions(std::int64_t gpus, std::uint64_t jobs) {
  const std::string command = "valgrind --tool=callgrind --callgrind-out-file=/dev/null /proc/" +
                              std::to_string(getpid()) + "/exe --scale-run " + std::to_string(gpus) + " " +
                              std::to_string(jobs) + " 2>&1";
  std::FILE* output = popen(command.c_str(), "r");
  if (output == nullptr) return 0.0;
  std::array<char, 256> line{};
  double count = 0.0;
  while (std::fgets(line.data(), line.size(), output) != nullptr) {
    const std::string text = line.data();
    if (const auto at = text.find("Collected :"); at != std::string::npos) count = std::atof(text.c_str() + at + 11);
  }
  pclose(output);
  return count;
}

/// Time an event; and instructions an event once the fleet is full, from two runs of different lengths.
void event(benchmark::State& state) {
  const std::int64_t gpus = state.range(0);
  const std::uint64_t warm_jobs = warm_up_jobs(gpus);
  Cost total;
  for (auto _ : state) {
    const Cost cost = in_child([&] { return scale_run({.gpus = gpus, .jobs = warm_jobs + 500'000}); });
    total.seconds += cost.seconds;
    total.events += cost.events;
    state.SetIterationTime(cost.seconds);
  }
  state.counters["ns_per_event"] = 1e9 * total.seconds / total.events;
  const double counted = instructions(gpus, warm_jobs + 20'000) - instructions(gpus, warm_jobs);
  if (counted > 0.0) state.counters["instructions_per_event"] = counted / (2 * 20'000.0);
}

/// A million GPUs, ten million jobs.
void million_gpus(benchmark::State& state) {
  Cost cost;
  for (auto _ : state) {
    cost = in_child([] { return scale_run({.gpus = 1'000'000, .jobs = 10'000'000}); });
    state.SetIterationTime(cost.seconds);
  }
  state.counters["peak_memory_mb"] = cost.peak_memory_mb;
  state.counters["mean_gpus_a_job"] = cost.extra;
  state.counters["ns_per_event"] = 1e9 * cost.seconds / cost.events;
}

/// 100,000 mixed jobs on 10,240 GPUs under a scheduler that backfills, at three loads in hundredths, until
/// the last has come.
void mixed_jobs(benchmark::State& state, const char* scheduler) {
  Cost cost;
  for (auto _ : state) {
    cost = in_child([&] {
      return scale_run({.gpus = 10'240,
                        .jobs = 100'000,
                        .load = static_cast<double>(state.range(0)) / 100.0,
                        .scheduler = scheduler,
                        .drains = false});
    });
    state.SetIterationTime(cost.seconds);
  }
  state.counters["allocated_percent"] = 100.0 * cost.allocated;
}

BENCHMARK_CAPTURE(mixed_jobs, easy, "easy")
    ->Name("scale/easy_mixed_jobs")
    ->Arg(80)
    ->Arg(90)
    ->Arg(100)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(mixed_jobs, conservative, "conservative")
    ->Name("scale/conservative_mixed_jobs")
    ->Arg(80)
    ->Arg(90)
    ->Arg(100)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(event)
    ->Name("scale/gpus")
    ->RangeMultiplier(10)
    ->Range(1'000, 1'000'000)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(million_gpus)
    ->Name("scale/million_gpus_ten_million_jobs")
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace chokepoint::bench
