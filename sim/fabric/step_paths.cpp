#include "sim/fabric/step_paths.hpp"

#include <algorithm>
#include <numeric>

#include "models/contract/expects.hpp"
#include "models/training/step_time.hpp"

namespace chokepoint::sim {
namespace {

std::vector<int> places(const models::TrainingSetup& setup, const StepFabric& fabric) {
  if (!fabric.nodes.empty()) return fabric.nodes;
  std::vector<int> nodes(static_cast<std::size_t>(nodes_of(setup.plan, setup.hardware.gpus_per_node)));
  std::iota(nodes.begin(), nodes.end(), 0);
  return nodes;
}

bool replicas_are_alike(const models::TrainingSetup& setup, const StepFabric& fabric) {
  const models::ParallelPlan& plan = setup.plan;
  const int node = setup.hardware.gpus_per_node;
  const int replica = plan.tensor * plan.context;
  const bool whole = node % replica == 0 || replica % node == 0;
  const bool stages_begin_nodes = plan.pipeline == 1 || plan.gpus() <= node || replica * plan.data % node == 0;
  return fabric.fabric.oversubscription <= 1.0 && whole && stages_begin_nodes;
}

}  // namespace

int nodes_of(const models::ParallelPlan& plan, int gpus_per_node) {
  return static_cast<int>((plan.gpus() + gpus_per_node - 1) / gpus_per_node);
}

models::FabricGraph step_graph(const models::TrainingSetup& setup, const StepFabric& fabric,
                               const models::StepConstants& constants) {
  const std::vector<int> nodes = places(setup, fabric);
  models::expects(static_cast<int>(nodes.size()) == nodes_of(setup.plan, setup.hardware.gpus_per_node),
                  "each node of the job has a place");
  return models::FabricGraph({.fabric = fabric.fabric,
                              .nodes = std::ranges::max(nodes) + 1,
                              .gpus_per_node = setup.hardware.gpus_per_node,
                              .link_bytes_per_s = constants.link * setup.hardware.link_bytes_per_s,
                              .network_bytes_per_s = constants.network * setup.hardware.network_bytes_per_s});
}

std::size_t StepPaths::most_paths(const models::ParallelPlan& plan) {
  const auto stages = static_cast<std::size_t>(plan.pipeline);
  const auto replicas = static_cast<std::size_t>(plan.data);
  const auto apart = static_cast<std::size_t>(plan.tensor) * static_cast<std::size_t>(plan.context);
  return stages * (3 * replicas + apart * (1 + 2 * replicas));
}

StepPaths::StepPaths(FlowNetwork& network, const models::FabricGraph& graph, const models::TrainingSetup& setup,
                     const StepFabric& fabric)
    : network_(network),
      graph_(graph),
      plan_(setup.plan),
      most_channels_(models::step_work(setup).data.by_one_card ? 1 : setup.hardware.gpus_per_node),
      nodes_(places(setup, fabric)),
      gpus_per_node_(setup.hardware.gpus_per_node),
      replicas_in_node_(std::min(plan_.data, std::max(1, gpus_per_node_ / (plan_.tensor * plan_.context)))),
      told_apart_(!fabric.every_replica && replicas_are_alike(setup, fabric) ? 1 : plan_.data) {
  for (int stage = 0; stage < plan_.pipeline; ++stage) {
    for (int replica = 0; replica < told_apart_; ++replica) make_replica(stage, replica);
    make_rings(stage);
  }
}

int StepPaths::gpu(int stage, int replica, int place) const {
  const int rank = (stage * plan_.data + replica) * plan_.tensor * plan_.context + place;
  return nodes_[static_cast<std::size_t>(rank / gpus_per_node_)] * gpus_per_node_ + rank % gpus_per_node_;
}

std::vector<int> StepPaths::gpus(int stage, int replica) const {
  std::vector<int> list;
  for (int place = 0; place < plan_.tensor * plan_.context; ++place) list.push_back(gpu(stage, replica, place));
  return list;
}

PathSet::Way StepPaths::way(const models::CollectiveLoad& load) {
  return {network_.path(load.uses), load.channels};
}

void StepPaths::make_replica(int stage, int replica) {
  const std::vector<int> own = gpus(stage, replica);
  const auto tensor = static_cast<std::size_t>(plan_.tensor);
  PathSet rings;
  if (plan_.tensor > 1) {
    models::CollectiveLoad load;
    for (std::size_t begin = 0; begin < own.size(); begin += tensor)
      load.add(models::ring_load(graph_, std::span(own).subspan(begin, tensor)));
    rings.ways.push_back(way(load));
  }
  tensor_.push_back(std::move(rings));
  PathSet ahead, back;
  if (plan_.pipeline > 1) {
    ahead.ways.push_back(way(models::pairs_load(graph_, own, gpus((stage + 1) % plan_.pipeline, replica))));
    const int before = (stage + plan_.pipeline - 1) % plan_.pipeline;
    back.ways.push_back(way(models::pairs_load(graph_, own, gpus(before, replica))));
  }
  forward_.push_back(std::move(ahead));
  backward_.push_back(std::move(back));
}

void StepPaths::make_rings(int stage) {
  PathSet all, inside, apart;
  for (int place = 0; place < plan_.tensor * plan_.context && plan_.data > 1; ++place) {
    std::vector<int> ring;
    for (int replica = 0; replica < plan_.data; ++replica) ring.push_back(gpu(stage, replica, place));
    all.ways.push_back(way(models::ring_load(graph_, ring, most_channels_)));
    if (plan_.sharding != models::Sharding::hybrid) continue;
    const auto width = static_cast<std::size_t>(replicas_in_node_);
    for (std::size_t begin = 0; begin < ring.size(); begin += width)
      inside.ways.push_back(
          way(models::ring_load(graph_, std::span(ring).subspan(begin, std::min(width, ring.size() - begin)))));
    for (std::size_t first = 0; first < width; ++first) {
      std::vector<int> likes;
      for (std::size_t i = first; i < ring.size(); i += width) likes.push_back(ring[i]);
      apart.ways.push_back(way(models::ring_load(graph_, likes)));
    }
  }
  replicas_.push_back(std::move(all));
  in_node_.push_back(std::move(inside));
  across_.push_back(std::move(apart));
}

}  // namespace chokepoint::sim
