#pragma once

#include <span>
#include <vector>

#include "models/hardware/fabric.hpp"
#include "models/training/communication_time.hpp"
#include "models/training/step_time.hpp"

namespace chokepoint::analysis {

/// One step by the closed form, which knows no fabric, and simulated on one; neither has the slowdown that grows with
/// the number of nodes.
struct StepByTwoWays {
  models::CommunicationTime closed_form;
  models::CommunicationTime simulated;

  /// simulated / closed form - 1 of the communication; 0 where there is none.
  [[nodiscard]] double communication_difference() const;
  [[nodiscard]] double step_difference() const;
};

/// The fabric, and whether a job's nodes stand side by side or under other leaves in turn.
struct FabricOfJob {
  models::Fabric fabric{};
  bool scattered = false;
};

/// Each setup in a process of its own, two at a time. The caller has opened no engine of SimGrid.
std::vector<StepByTwoWays> steps_by_two_ways(std::span<const models::TrainingSetup> setups, const FabricOfJob& job);

/// Where the nodes of a job stand if it gets its leaves node by node, one from each in turn.
std::vector<int> scattered_nodes(int nodes, int nodes_per_leaf);

}  // namespace chokepoint::analysis
