#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

#include <benchmark/benchmark.h>

#include "analysis/study/load_study.hpp"
#include "analysis/sweep/run_study.hpp"
#include "analysis/sweep/study_store.hpp"
#include "bench/child_process.hpp"

// A study's runs: what the pool and the store add to them, and what a large study takes.

namespace chokepoint::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double processor_seconds(int who) {
  rusage used{};
  ::getrusage(who, &used);
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double processor_seconds_of_this() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// A folder with a study of `points` points, gone at the end.
class StudyFolder {
 public:
  explicit StudyFolder(std::int64_t points)
      : folder_(fs::temp_directory_path() / ("chokepoint_bench_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "site.json")
        << R"({"name": "site", "start": "2023-01-01", "duration": "10 d", "currency": "CNY",
      "sites": [{"name": "s", "pue": 1.2, "tariff": "yangquan-flat"}], "fleets": [{"name": "f",
      "server": "dgx-a100-80gb", "server_price": "1 CNY", "nodes": 64, "workload": {"kind": "synthetic",
      "mean_interval": "5 min", "median_duration": "1 h"}}]})";
    const std::int64_t second = points > 1000 ? 1000 : 10;
    std::ofstream(folder_ / "study.json")
        << R"({"name": "bench", "scenario": "site.json", "parameters": [
      {"name": "pue", "at": "/sites/0/pue", "from": 1, "to": 2, "steps": )"
        << points / second << R"(}, {"name": "nodes", "at": "/fleets/0/nodes", "from": 64, "to": 2000, "steps": )"
        << second
        << R"(, "whole": true}], "outcomes": ["energy_mwh", "electricity_cost", "wait_mean_s", "jobs_finished",
      {"name": "run_s", "figure": "run_s"}, {"name": "run_cpu_s", "figure": "run_cpu_s"}],
      "design": {"kind": "grid"}})";
  }
  ~StudyFolder() { fs::remove_all(folder_); }
  StudyFolder(const StudyFolder&) = delete;
  StudyFolder& operator=(const StudyFolder&) = delete;

  [[nodiscard]] analysis::Study load() const { return analysis::load_study(folder_ / "study.json"); }
  [[nodiscard]] fs::path store() const { return folder_ / "store.sqlite"; }

 private:
  fs::path folder_;
};

/// The run, and as two more figures what it took itself.
sim::Record timed_run(const analysis::Study& study, const analysis::StudyRun& run, const sim::Progress& progress) {
  const auto begin = Clock::now();
  const double begin_cpu = processor_seconds_of_this();
  sim::Record record = analysis::simulate_study_run(study, run, progress);
  record.figures.push_back({"run_s", "", "s", std::chrono::duration<double>(Clock::now() - begin).count(), ""});
  record.figures.push_back({"run_cpu_s", "", "s", processor_seconds_of_this() - begin_cpu, ""});
  return record;
}

double sum_of(analysis::RunStore& store, const std::string& column) {
  analysis::Statement row = store.database().prepare("SELECT sum(" + column + ") FROM runs");
  return row.step() ? row.real(0) : 0.0;
}

/// Wall time that is not the runs' own, and processor time likewise, which another load of the machine does not touch.
void short_runs(benchmark::State& state) {
  constexpr double runs = 2000.0;
  constexpr std::size_t workers = 2;
  for (auto _ : state) {
    const StudyFolder folder(2000);
    const analysis::Study study = folder.load();
    analysis::RunStore store(folder.store(), analysis::store_layout(study), analysis::study_identity(study, {}),
                             analysis::RunStore::Begin::fresh);
    const double self_before = processor_seconds(RUSAGE_SELF);
    const double children_before = processor_seconds(RUSAGE_CHILDREN);
    const auto result = analysis::run_study(study, store, {.workers = workers, .run = timed_run});
    const double self = processor_seconds(RUSAGE_SELF) - self_before;
    const double all = self + processor_seconds(RUSAGE_CHILDREN) - children_before;
    const double wall = result.progress.elapsed.count();
    state.SetIterationTime(wall);
    state.counters["busy_percent"] = 100.0 * all / (wall * workers);
    state.counters["overhead_ms_a_run"] = 1e3 * (wall * workers - sum_of(store, "run_s")) / runs;
    state.counters["overhead_cpu_ms_a_run"] = 1e3 * (all - sum_of(store, "run_cpu_s")) / runs;
    state.counters["pool_cpu_ms_a_run"] = 1e3 * self / runs;
    state.counters["run_ms"] = 1e3 * sum_of(store, "run_s") / runs;
    state.counters["done"] = static_cast<double>(store.count_done());
  }
}

/// A million points known by their index alone.
void points_planned(benchmark::State& state) {
  Cost cost;
  for (auto _ : state) {
    cost = in_child([] {
      const StudyFolder folder(1'000'000);
      const analysis::Study study = folder.load();
      const auto begin = Clock::now();
      double sum = 0.0;
      const std::uint64_t count = analysis::points(study);
      for (std::uint64_t point = 0; point < count; ++point)
        sum += std::get<double>(analysis::point_at(study, point).values[0]);
      return Cost{.seconds = std::chrono::duration<double>(Clock::now() - begin).count(), .events = sum};
    });
    state.SetIterationTime(cost.seconds);
  }
  state.counters["peak_memory_mb"] = cost.peak_memory_mb;
  state.counters["ns_a_point"] = 1e9 * cost.seconds / 1e6;
}

/// Rows of a study's runs written as they would come, none of them run.
void rows_stored(benchmark::State& state) {
  constexpr std::uint64_t rows = 100'000;
  Cost cost;
  for (auto _ : state) {
    cost = in_child([] {
      const StudyFolder folder(1'000'000);
      const analysis::Study study = folder.load();
      analysis::RunStore store(folder.store(), analysis::store_layout(study), analysis::study_identity(study, {}),
                               analysis::RunStore::Begin::fresh);
      const auto begin = Clock::now();
      for (std::uint64_t i = 0; i < rows; ++i) {
        // Neighbours overtake one another.
        const analysis::Point point = analysis::point_at(study, i ^ 1U);
        analysis::RunRow row{.point = point.index, .seed = study.seed, .wall_s = 0.01, .memory_bytes = 1 << 24};
        for (const auto& value : point.values)
          row.inputs.push_back(std::visit([](const auto& one) { return analysis::Cell(one); }, value));
        row.outcomes.assign(study.outcomes.size(), 0.1 * static_cast<double>(i));
        store.add(row);
      }
      store.commit();
      return Cost{.seconds = std::chrono::duration<double>(Clock::now() - begin).count(),
                  .extra = static_cast<double>(fs::file_size(folder.store())) / 1e6};
    });
    state.SetIterationTime(cost.seconds);
  }
  state.counters["rows_per_s"] = static_cast<double>(rows) / cost.seconds;
  state.counters["peak_memory_mb"] = cost.peak_memory_mb;
  state.counters["file_mb"] = cost.extra;
}

BENCHMARK(short_runs)->Name("sweep/short_runs")->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);
BENCHMARK(points_planned)->Name("sweep/points_planned")->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);
BENCHMARK(rows_stored)->Name("sweep/rows_stored")->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace chokepoint::bench
