#include "sim/world/failure_setup.hpp"

namespace chokepoint::sim {
namespace {

constexpr double gpus_of_counted_node = 8.0;

/// Nothing where failures are off.
models::FailureTable own_table(const FleetSpec& fleet) {
  models::FailureTable table{.name = fleet.failures->table.name, .about = {}, .causes = {}};
  if (!fleet.failures->on) return table;
  const double nodes = fleet.server.gpus / gpus_of_counted_node;
  for (models::FailureCause cause : fleet.failures->table.causes) {
    cause.per_1000_node_days *= nodes;
    cause.up_to_nodes /= nodes;
    table.causes.push_back(std::move(cause));
  }
  return table;
}

}  // namespace

JobsAtWork::Interruptions interruptions_of(const FleetSpec& fleet) {
  JobsAtWork::Interruptions interruptions{.restart_s = fleet.restart_s, .by_size = fleet.checkpoints};
  if (fleet.failures) interruptions.failure_restart_s = fleet.failures->detection_s + fleet.failures->start_s;
  if (!interruptions.by_size) return interruptions;
  models::CheckpointPolicy& policy = *interruptions.by_size;
  policy.gpus_per_node = fleet.server.gpus;
  if (!fleet.failures) return interruptions;
  policy.failures = own_table(fleet).rate();
  policy.failures.lemon_share = fleet.failures->lemon_share;
  policy.failures.lemon_multiple = fleet.failures->lemon_multiple;
  return interruptions;
}

FailureSetup failures_of(const FleetSpec& fleet) {
  const FailureSpec& spec = *fleet.failures;
  return {.causes = own_table(fleet).causes,
          .lemon_share = spec.lemon_share,
          .lemon_multiple = spec.lemon_multiple,
          .replaced_after = static_cast<std::uint32_t>(spec.replaced_after),
          .repair_s = spec.repair_s,
          .spares = fleet.spare_nodes};
}

}  // namespace chokepoint::sim
