#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <benchmark/benchmark.h>

#include "analysis/study/load_study.hpp"
#include "bench/child_process.hpp"

// Points of a study of ten parameters, a million of them one after the other: planned, not kept.

namespace chokepoint::bench {
namespace {

constexpr std::uint64_t million = 1'000'000;

/// A folder with a scenario and a study of this design, gone at the end.
class StudyFile {
 public:
  explicit StudyFile(const std::string& design)
      : folder_(std::filesystem::temp_directory_path() / ("chokepoint_bench_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "base.json") << R"({"name": "b", "start": "2023-01-01", "duration": "2 d",
        "sites": [{"name": "s", "tariff": {"kind": "flat", "price": "0.4 CNY/kWh"}}],
        "exchange_rates": {"CNY": "0.14 USD"}, "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 64,
        "workload": {"kind": "synthetic", "mean_interval": "10 min", "median_duration": "1 h", "log_sd": 1.0}}]})";
    std::ofstream(folder_ / "study.json")
        << R"({"name": "b", "scenario": "base.json", "outcomes": ["energy_mwh"], "design": )" << design
        << R"(, "parameters": [
        {"name": "pue", "at": "/sites/0/pue", "from": 1.1, "to": 1.6, "steps": 5},
        {"name": "price", "at": "/sites/0/tariff/price", "from": "0.3 CNY/kWh", "to": "0.9 CNY/kWh", "steps": 4},
        {"name": "it_load", "at": "/sites/0/it_load", "from": "1 kW", "to": "100 kW", "steps": 4, "scale": "log"},
        {"name": "load", "at": "/sites/0/facility_load", "from": "1 kW", "to": "9 kW", "steps": 4},
        {"name": "limit", "at": "/sites/0/limit", "from": "1 MW", "to": "2 MW", "steps": 4},
        {"name": "nodes", "at": "/fleets/0/nodes", "from": 64, "to": 256, "steps": 4, "whole": true},
        {"name": "scheduler", "at": "/fleets/0/scheduler", "choices": ["fifo", "sjf"]},
        {"name": "wait", "at": "/fleets/0/workload/mean_interval", "steps": 4,
         "distribution": {"kind": "triangular", "low": "5 min", "mode": "7 min", "high": "10 min"}},
        {"name": "length", "at": "/fleets/0/workload/median_duration", "from": "1 h", "to": "2 h", "steps": 4},
        {"name": "spread", "at": "/fleets/0/workload/log_sd", "from": 0.5, "to": 2.0, "steps": 4}]})";
  }
  ~StudyFile() { std::filesystem::remove_all(folder_); }
  StudyFile(const StudyFile&) = delete;
  StudyFile& operator=(const StudyFile&) = delete;

  [[nodiscard]] std::filesystem::path path() const { return folder_ / "study.json"; }

 private:
  std::filesystem::path folder_;
};

void million_points(benchmark::State& state, const char* design) {
  const StudyFile file(design);
  for ([[maybe_unused]] auto _ : state) {
    const Cost cost = in_child([&] {
      const analysis::Study study = analysis::load_study(file.path());
      return Cost{.seconds = seconds_of([&] {
                    for (std::uint64_t i = 0; i < million; ++i) benchmark::DoNotOptimize(analysis::point_at(study, i));
                  }),
                  .events = static_cast<double>(analysis::points(study))};
    });
    state.SetIterationTime(cost.seconds);
    state.counters["points/s"] = million / cost.seconds;
    state.counters["peak_memory_mb"] = cost.peak_memory_mb;
  }
}

BENCHMARK_CAPTURE(million_points, grid, R"({"kind": "grid"})")->UseManualTime()->Iterations(1);
BENCHMARK_CAPTURE(million_points, latin_hypercube, R"({"kind": "latin-hypercube", "points": 1000000})")
    ->UseManualTime()
    ->Iterations(1);
BENCHMARK_CAPTURE(million_points, sobol, R"({"kind": "sobol", "points": 1000000})")->UseManualTime()->Iterations(1);
BENCHMARK_CAPTURE(million_points, saltelli, R"({"kind": "saltelli", "base": 100000})")->UseManualTime()->Iterations(1);
BENCHMARK_CAPTURE(million_points, morris, R"({"kind": "morris", "trajectories": 100000})")
    ->UseManualTime()
    ->Iterations(1);

}  // namespace
}  // namespace chokepoint::bench
