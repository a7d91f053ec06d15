#pragma once

#include <vector>

#include "models/hardware/collective_load.hpp"
#include "models/training/step_time.hpp"
#include "sim/fabric/flow_network.hpp"

namespace chokepoint::sim {

/// The fabric of a training step and where on it the job's nodes stand; node after node from the first where nothing is
/// said.
struct StepFabric {
  models::Fabric fabric{};
  std::vector<int> nodes{};
  /// Simulates every replica even where all are alike.
  bool every_replica = false;
};

/// Nodes that a plan takes.
int nodes_of(const models::ParallelPlan& plan, int gpus_per_node);

/// The fabric's links at the rates that collectives reach, for the nodes of `setup`.
models::FabricGraph step_graph(const models::TrainingSetup& setup, const StepFabric& fabric,
                               const models::StepConstants& constants);

/// Flows of one collective that run at once, one a path; each carries its share of what a member passes on.
struct PathSet {
  struct Way {
    FlowNetwork::Path path;
    int channels = 1;
  };
  std::vector<Way> ways;
};

/// The collectives and messages of a training step as paths. A replica is one rank of data parallelism; its GPUs of one
/// stage do the same at the same time, so that their rings and messages are one flow over the links of all of them.
/// Ranks stand on GPUs as Megatron places them: tensor ranks are neighbours, then context, data, pipeline.
class StepPaths {
 public:
  /// Carried by `network`, whose links are those of `graph`.
  StepPaths(FlowNetwork& network, const models::FabricGraph& graph, const models::TrainingSetup& setup,
            const StepFabric& fabric);
  /// As many paths as a step of `plan` may have.
  [[nodiscard]] static std::size_t most_paths(const models::ParallelPlan& plan);

  [[nodiscard]] const PathSet& tensor(int stage, int replica) const { return tensor_[at(stage, replica)]; }
  /// From a stage to the next (the first after the last) and back.
  [[nodiscard]] const PathSet& forward(int stage, int replica) const { return forward_[at(stage, replica)]; }
  [[nodiscard]] const PathSet& backward(int stage, int replica) const { return backward_[at(stage, replica)]; }
  /// All replicas of a stage; those of a node; and those with the same place in their nodes. Ranks that exchange.
  [[nodiscard]] const PathSet& replicas(int stage) const { return replicas_[index(stage)]; }
  [[nodiscard]] const PathSet& in_node(int stage) const { return in_node_[index(stage)]; }
  [[nodiscard]] const PathSet& across(int stage) const { return across_[index(stage)]; }
  [[nodiscard]] int replicas_in_node() const { return replicas_in_node_; }
  /// Replicas that have paths of their own. One stands for all where all do the same at the same time: on a fabric that
  /// never blocks, where nodes hold whole replicas of a stage and stages begin with a node, no replica crosses
  /// another's links but in the rings that they all share.
  [[nodiscard]] int replicas_told_apart() const { return told_apart_; }

 private:
  static std::size_t index(int stage) { return static_cast<std::size_t>(stage); }
  [[nodiscard]] std::size_t at(int stage, int replica) const {
    return static_cast<std::size_t>(stage) * static_cast<std::size_t>(told_apart_) + static_cast<std::size_t>(replica);
  }
  /// The fabric's GPU of a rank; `place` counts tensor and context ranks.
  [[nodiscard]] int gpu(int stage, int replica, int place) const;
  [[nodiscard]] std::vector<int> gpus(int stage, int replica) const;
  [[nodiscard]] PathSet::Way way(const models::CollectiveLoad& load);
  void make_replica(int stage, int replica);
  void make_rings(int stage);

  FlowNetwork& network_;
  const models::FabricGraph& graph_;
  models::ParallelPlan plan_;
  int most_channels_;
  std::vector<int> nodes_;
  int gpus_per_node_;
  int replicas_in_node_;
  int told_apart_;
  std::vector<PathSet> tensor_, forward_, backward_, replicas_, in_node_, across_;
};

}  // namespace chokepoint::sim
