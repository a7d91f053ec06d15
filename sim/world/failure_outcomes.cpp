#include "sim/world/failure_outcomes.hpp"

#include <algorithm>
#include <limits>

#include "models/quantity/quantity.hpp"

namespace chokepoint::sim {
namespace {

bool counts(const World::RunningFleet& running) {
  return running.spec->failures.has_value() || running.spec->checkpoints.has_value();
}

struct Sums {
  std::int64_t node_failures = 0;
  std::int64_t without_spare = 0;
  std::int64_t interruptions = 0;
  double gpus = 0.0;
  double down_s = 0.0;
  double allocated_s = 0.0;
  double done_s = 0.0;
  double lost_s = 0.0;
  double restarting_s = 0.0;
  double writing_s = 0.0;
};

Sums sums_of(const World& world) {
  Sums sums;
  for (const World::RunningFleet& running : world.fleets()) {
    if (!counts(running)) continue;
    const FleetLoad& load = running.fleet->load();
    const JobLog::GpuSeconds& jobs = running.log->gpu_seconds();
    const double off_s = load.gpu_seconds(models::PowerState::off);
    sums.gpus += static_cast<double>(load.gpus());
    sums.down_s += off_s;
    sums.allocated_s +=
        static_cast<double>(load.gpus()) * world.elapsed_s() - off_s - load.gpu_seconds(models::PowerState::idle);
    sums.done_s += jobs.done.value();
    sums.lost_s += jobs.lost.value();
    sums.restarting_s += jobs.restarting.value();
    sums.writing_s += jobs.writing.value();
    if (!running.failures) continue;
    for (const NodeFailure& failure : running.failures->failures()) {
      sums.node_failures += failure.up_s.has_value() ? 1 : 0;
      sums.without_spare += failure.without_spare ? 1 : 0;
      sums.interruptions += failure.struck.jobs;
    }
  }
  return sums;
}

}  // namespace

bool any_failures(const World& world) {
  return std::ranges::any_of(world.fleets(), [](const auto& running) { return running.failures != nullptr; });
}

std::vector<Figure> failure_figures(const World& world) {
  // What jobs spent is known from the start of a run only, not from the end of its run-in.
  if (std::ranges::none_of(world.fleets(), counts) || world.scenario().run_in_s > 0.0) return {};
  const Sums sums = sums_of(world);
  const double gpu_s = sums.gpus * world.elapsed_s();
  std::vector<Figure> figures;
  const auto add = [&](std::string key, std::string label, std::string unit, auto value) {
    figures.push_back({.key = std::move(key),
                       .label = std::move(label),
                       .unit = std::move(unit),
                       .value = value,
                       .group = "failures"});
  };
  add("interruptions", "interruptions of jobs", "", sums.interruptions);
  add("node_failures", "failures of nodes", "", sums.node_failures);
  add("node_failures_without_spare", "failures without a spare free", "", sums.without_spare);
  const auto add_hours = [&](std::string key, std::string label, double seconds) {
    add(std::move(key), std::move(label), "h", seconds / models::seconds_per_hour);
  };
  add_hours("effective_gpu_hours", "GPU-hours of work that lasts", sums.done_s);
  add_hours("lost_gpu_hours", "GPU-hours done again", sums.lost_s);
  add_hours("restart_gpu_hours", "GPU-hours restarting", sums.restarting_s);
  add_hours("checkpoint_gpu_hours", "GPU-hours writing checkpoints", sums.writing_s);
  add_hours("down_gpu_hours", "GPU-hours of nodes that are down", sums.down_s);
  if (gpu_s > 0.0) add("gpu_utilization_effective", "share of all GPUs' time that lasts", "", sums.done_s / gpu_s);
  if (sums.allocated_s > 0.0)
    add("effective_share_of_allocated", "share of allocated time that lasts", "", sums.done_s / sums.allocated_s);
  return figures;
}

Table failures_table(const World& world) {
  std::vector<double> times;
  std::vector<std::int64_t> nodes;
  std::vector<std::int64_t> jobs;
  std::vector<std::int64_t> gpus;
  std::vector<double> lost;
  std::vector<double> back;
  std::vector<double> spares;
  TextColumn causes;
  TextColumn fleets;
  const double clock_s = world.scenario().clock_s;
  for (const World::RunningFleet& running : world.fleets()) {
    if (!running.failures) continue;
    for (const NodeFailure& failure : running.failures->failures()) {
      times.push_back(clock_s + failure.time_s);
      fleets.push_back(running.spec->name);
      nodes.push_back(failure.node);
      causes.push_back(running.failures->setup().causes[failure.cause].name);
      jobs.push_back(failure.struck.jobs);
      gpus.push_back(failure.struck.gpus);
      lost.push_back(failure.struck.lost_gpu_s / models::seconds_per_hour);
      back.push_back(failure.up_s ? clock_s + *failure.up_s : no_value);
      spares.push_back(failure.spare ? static_cast<double>(*failure.spare) : no_value);
    }
  }
  Table table{.name = "failures", .columns = {}};
  table.columns.push_back({.name = "time_s", .values = std::move(times)});
  table.columns.push_back({.name = "fleet", .values = std::move(fleets)});
  table.columns.push_back({.name = "node", .values = std::move(nodes)});
  table.columns.push_back({.name = "cause", .values = std::move(causes)});
  table.columns.push_back({.name = "jobs_interrupted", .values = std::move(jobs)});
  table.columns.push_back({.name = "gpus_interrupted", .values = std::move(gpus)});
  table.columns.push_back({.name = "lost_gpu_hours", .values = std::move(lost)});
  table.columns.push_back({.name = "node_up_again_s", .values = std::move(back)});
  table.columns.push_back({.name = "spare_node", .values = std::move(spares)});
  return table;
}

}  // namespace chokepoint::sim
