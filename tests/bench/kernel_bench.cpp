#include <queue>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/child_process.hpp"
#include "sim/kernel/kernel.hpp"
#include "sim/kernel/random_stream.hpp"

// The hold model (Jones 1986): a number of events is pending; each that happens schedules another.

namespace chokepoint::bench {
namespace {

constexpr std::uint64_t holds = 1'000'000;

std::vector<double> gaps() {
  sim::RandomStream stream(1, 0, "gaps");
  std::vector<double> values(1 << 16);
  for (double& value : values) value = stream.exponential(1.0);
  return values;
}

class Holder final : public sim::EventHandler {
 public:
  Holder(sim::Kernel& kernel, const std::vector<double>& gaps) : kernel_(kernel), gaps_(gaps) {}
  void on_event(std::uint64_t) override {
    if (++happened_ < holds) schedule();
  }
  void schedule() {
    kernel_.schedule(
        {.time_s = kernel_.now_s() + gaps_[next_++ % gaps_.size()], .phase = sim::Phase::arrivals, .handler = this});
  }

 private:
  sim::Kernel& kernel_;
  const std::vector<double>& gaps_;
  std::uint64_t next_ = 0;
  std::uint64_t happened_ = 0;
};

void hold(benchmark::State& state) {
  const auto pending = static_cast<std::uint64_t>(state.range(0));
  const std::vector<double> gap = gaps();
  double kernel_s = 0.0;
  double heap_s = 0.0;
  for (auto _ : state) {
    const double seconds = in_child([&] {
                             Cost cost;
                             sim::Kernel kernel;
                             Holder holder(kernel, gap);
                             for (std::uint64_t i = 0; i < pending; ++i) holder.schedule();
                             cost.seconds = seconds_of([&] { kernel.run(); });
                             return cost;
                           }).seconds;
    std::priority_queue<double, std::vector<double>, std::greater<>> heap;
    std::uint64_t next = 0;
    for (std::uint64_t i = 0; i < pending; ++i) heap.push(gap[next++ % gap.size()]);
    heap_s += seconds_of([&] {
      for (std::uint64_t i = 0; i < holds; ++i) {
        const double now_s = heap.top();
        heap.pop();
        heap.push(now_s + gap[next++ % gap.size()]);
      }
    });
    kernel_s += seconds;
    state.SetIterationTime(seconds);
  }
  const auto events = static_cast<double>(holds + pending) * static_cast<double>(state.iterations());
  state.counters["kernel_events_per_s"] = events / kernel_s;
  state.counters["bare_heap_per_s"] = static_cast<double>(holds) * static_cast<double>(state.iterations()) / heap_s;
}

BENCHMARK(hold)
    ->Name("kernel/hold/pending")
    ->RangeMultiplier(10)
    ->Range(10, 1'000'000)
    ->UseManualTime()
    ->Iterations(2)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint::bench
