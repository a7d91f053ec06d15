#include "sim/workload/trace_work.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/record/duration_words.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/tenant_map.hpp"
#include "sim/workload/offered_words.hpp"

namespace chokepoint::sim {

void TraceWork::visit(FieldVisitor& v) {
  v.field("file", "CSV of jobs, relative to this file", required, [&] { v.name(file_); });
}

void TraceWork::resolve(const WorkPlace& place) {
  trace_ = std::make_shared<const Trace>(read_trace(place.folder_of("file") / file_));
  map_tenants(*trace_, place.fleet, place.faults);
}

std::unique_ptr<JobSource> TraceWork::make_source(const WorkRun& run) const {
  std::vector<Fault> faults;
  TraceSource::Place place{.tenant_of = map_tenants(*trace_, run.fleet, faults), .start_s = run.scenario.clock_s};
  throw_if_any(std::move(faults));
  if (run.owners != nullptr) {
    const bool by_tenant = run.fleet.shares.among_tenants;
    for (const std::string& name : by_tenant ? trace_->tenants : trace_->owners)
      (by_tenant ? place.owner_of_tenant : place.owner_of).push_back(run.owners->number(name));
  }
  const auto& priorities = run.fleet.priorities;
  if (!priorities.empty()) {
    const auto find = [&priorities](const std::string& name) -> std::optional<std::int32_t> {
      const auto found = priorities.find(name);
      return found == priorities.end() ? std::nullopt : std::optional(found->second);
    };
    for (const std::string& name : trace_->owners) place.priority_of_owner.push_back(find(name));
    for (const std::string& name : trace_->tenants) place.priority_of_tenant.push_back(find(name).value_or(0));
  }
  return std::make_unique<TraceSource>(trace_, std::move(place));
}

std::vector<std::string> TraceWork::owner_names() const {
  std::vector<std::string> names = trace_->tenants;
  names.insert(names.end(), trace_->owners.begin(), trace_->owners.end());
  return names;
}

std::string TraceWork::words(const FleetSpec& fleet) const {
  const Trace& trace = *trace_;
  double gpu_seconds = 0.0;
  for (std::size_t job = 0; job < trace.size(); ++job) gpu_seconds += trace.duration_s[job] * trace.gpus[job];
  const auto [first, last] = std::ranges::minmax(trace.submit_s);
  const double gpu_hours = gpu_seconds / 3600.0;
  std::string text =
      fmt::format("{} {} of {}, {} GPU-hours in all", trace.size(), trace.size() == 1 ? "job" : "jobs", trace.file,
                  gpu_hours < 1e4 ? fmt::format("{:.4g}", gpu_hours) : fmt::format("{:.0f}", gpu_hours));
  if (last > first)
    text += fmt::format(", submitted within {}: {}", duration_words(last - first),
                        offered_words(gpu_seconds / (last - first), fleet.gpus()));
  if (trace.without_gpus > 0) text += fmt::format(" ({} jobs without GPUs are left out)", trace.without_gpus);
  return text;
}

}  // namespace chokepoint::sim
