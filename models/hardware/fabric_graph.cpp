#include "models/hardware/fabric_graph.hpp"

#include "models/contract/expects.hpp"

namespace chokepoint::models {

FabricGraph::FabricGraph(const FabricShape& shape) : shape_(shape) {
  expects(shape.nodes >= 1 && shape.gpus_per_node >= 1, "a fabric joins nodes of GPUs");
  expects(shape.fabric.nodes_per_leaf >= 1 && shape.fabric.oversubscription > 0.0, "a leaf has nodes and cables");
  const int groups = (shape.nodes + shape.fabric.nodes_per_leaf - 1) / shape.fabric.nodes_per_leaf;
  leaves_ = shape.fabric.kind == FabricKind::rail_optimised ? groups * shape.gpus_per_node : groups;
  leaf_links_ = 4 * gpus();
}

int FabricGraph::leaf_of(int gpu) const {
  const int group = node_of(gpu) / shape_.fabric.nodes_per_leaf;
  if (shape_.fabric.kind == FabricKind::fat_tree) return group;
  return group * shape_.gpus_per_node + gpu % shape_.gpus_per_node;
}

double FabricGraph::bytes_per_s(int link) const {
  if (link >= leaf_links_) {
    const int cards = shape_.fabric.kind == FabricKind::rail_optimised ? 1 : shape_.gpus_per_node;
    return shape_.network_bytes_per_s * cards * shape_.fabric.nodes_per_leaf / shape_.fabric.oversubscription;
  }
  return link % 4 < static_cast<int>(GpuLink::card_out) ? shape_.link_bytes_per_s : shape_.network_bytes_per_s;
}

void FabricGraph::append_way(int from, int to, std::vector<int>& links) const {
  if (from == to) return;
  const auto inside = [&](int a, int b) {
    links.push_back(gpu_link(a, GpuLink::link_out));
    links.push_back(gpu_link(b, GpuLink::link_in));
  };
  if (node_of(from) == node_of(to)) return inside(from, to);
  const int leaves_by = node_of(from) * shape_.gpus_per_node + to % shape_.gpus_per_node;
  if (leaves_by != from) inside(from, leaves_by);
  links.push_back(gpu_link(leaves_by, GpuLink::card_out));
  if (shape_.fabric.oversubscription > 1.0 && leaf_of(leaves_by) != leaf_of(to)) {
    links.push_back(leaf_links_ + 2 * leaf_of(leaves_by));
    links.push_back(leaf_links_ + 2 * leaf_of(to) + 1);
  }
  links.push_back(gpu_link(to, GpuLink::card_in));
}

}  // namespace chokepoint::models
