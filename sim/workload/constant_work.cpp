#include "sim/workload/constant_work.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/scenario/scenario.hpp"
#include "sim/workload/constant_source.hpp"

namespace chokepoint::sim {

void ConstantWork::visit(FieldVisitor& v) {
  v.field("gpus", "GPUs that are always asked for", required, [&] { v.integer(gpus_, {.low = 0.0, .high = 1e9}); });
}

void ConstantWork::resolve(const WorkPlace& place) {
  if (gpus_ > place.fleet.gpus())
    place.refuse("gpus", fmt::format("at most the {} GPUs of the fleet", place.fleet.gpus()), std::to_string(gpus_));
}

std::unique_ptr<JobSource> ConstantWork::make_source(const WorkRun& run) const {
  // It is still there when the run ends.
  const Scenario& scenario = run.scenario;
  const double beyond_s = scenario.end ? 2.0 * static_cast<double>((*scenario.end - scenario.start).count()) : 0.0;
  int gpus_per_node = run.fleet.server.gpus;
  double fastest = 1.0;
  for (const ServerGeneration& generation : run.fleet.generations()) {
    gpus_per_node = std::min(gpus_per_node, generation.server.gpus);
    fastest = std::max(fastest, generation.speed);
  }
  return std::make_unique<ConstantSource>(gpus_, gpus_per_node, beyond_s * fastest);
}

std::string ConstantWork::words(const FleetSpec& fleet) const {
  return fmt::format("a standing demand for {} GPUs, {:.0f} % of the fleet", gpus_,
                     100.0 * static_cast<double>(gpus_) / static_cast<double>(fleet.gpus()));
}

}  // namespace chokepoint::sim
