#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "models/hardware/collective_load.hpp"
#include "sim/fabric/flow_network.hpp"

namespace chokepoint::sim {

/// One round of a collective: a wait of latencies, and then bytes that each member passes on along a load.
struct CollectiveRound {
  double latency_s = 0.0;
  models::CollectiveLoad load;
  double bytes_passed_on = 0.0;
};

/// Latency of a step between neighbours of a node and between nodes.
struct StepLatency {
  double link_s = 0.0;
  double network_s = 0.0;
};

/// Collectives as rounds of flows, with the bytes and the steps of models/training/collective_time.hpp; what the links
/// give decides how long they take. `bytes` is the buffer of a member.
class CollectiveRounds {
 public:
  CollectiveRounds(const models::FabricGraph& graph, const StepLatency& latency) : graph_(graph), latency_(latency) {}

  using Gpus = std::span<const int>;
  [[nodiscard]] std::vector<CollectiveRound> all_gather(Gpus gpus, double bytes) const;
  [[nodiscard]] std::vector<CollectiveRound> reduce_scatter(Gpus gpus, double bytes) const;
  [[nodiscard]] std::vector<CollectiveRound> allreduce(Gpus gpus, double bytes) const;
  [[nodiscard]] std::vector<CollectiveRound> all_to_all(Gpus gpus, double bytes) const;
  [[nodiscard]] std::vector<CollectiveRound> point_to_point(int from, int to, double bytes) const;
  /// GPUs of whole nodes, as many of each.
  [[nodiscard]] std::vector<CollectiveRound> hierarchical_allreduce(Gpus gpus, double bytes) const;

 private:
  [[nodiscard]] CollectiveRound ring(Gpus gpus, double bytes, double passes) const;
  [[nodiscard]] double step_s(Gpus gpus) const;

  const models::FabricGraph& graph_;
  StepLatency latency_;
};

/// Carries rounds out one after the other on a network whose links are those of the graph.
class RunningCollective final : public EventHandler {
 public:
  RunningCollective(Kernel& kernel, FlowNetwork& network, std::vector<CollectiveRound> rounds);

  /// Once; `done` is called at its end.
  void start(std::function<void()> done);
  void on_event(std::uint64_t argument) override;

 private:
  void next_round();

  Kernel& kernel_;
  FlowNetwork& network_;
  std::vector<CollectiveRound> rounds_;
  std::vector<FlowNetwork::Path> paths_;
  std::size_t round_ = 0;
  std::function<void()> done_;
};

}  // namespace chokepoint::sim
