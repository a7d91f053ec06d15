#include "models/scheduling/node_pool.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

NodePool::NodePool(std::uint32_t nodes, std::int32_t gpus_per_node)
    : gpus_per_node_(gpus_per_node), free_gpus_(std::int64_t{gpus_per_node} * nodes), free_(nodes, gpus_per_node) {
  expects(gpus_per_node >= 1, "a node has at least one GPU");
  by_free_.assign(static_cast<std::size_t>(gpus_per_node), NodeSet(nodes));
  by_free_.push_back(NodeSet::full(nodes));
}

std::uint32_t NodePool::fullest_with(std::int32_t gpus) const {
  for (auto free = static_cast<std::size_t>(gpus); free < by_free_.size(); ++free)
    if (by_free_[free].size() > 0) return by_free_[free].lowest();
  return NodeSet::none;
}

std::uint32_t NodePool::emptiest() const {
  for (std::size_t free = by_free_.size(); free-- > 0;)
    if (by_free_[free].size() > 0) return by_free_[free].lowest();
  return NodeSet::none;
}

std::uint32_t NodePool::first_with(std::int32_t gpus) const {
  std::uint32_t first = NodeSet::none;
  for (auto free = static_cast<std::size_t>(gpus); free < by_free_.size(); ++free)
    first = std::min(first, by_free_[free].lowest());
  return first;
}

void NodePool::take(std::uint32_t node, std::int32_t gpus) {
  expects(gpus >= 1 && free_[node] >= gpus, "GPUs are taken from a node that has them free");
  set_free(node, free_[node] - gpus);
  free_gpus_ -= gpus;
}

void NodePool::set_free_on(std::uint32_t node, std::int32_t gpus) {
  const std::int32_t more = gpus - free_[node];
  if (more == 0) return;
  set_free(node, gpus);
  free_gpus_ += more;
}

void NodePool::take_counted(std::int32_t gpus) {
  expects(gpus >= 1 && free_gpus_ >= gpus, "GPUs are taken from a pool that has them free");
  free_gpus_ -= gpus;
}

void NodePool::give_back(const Allocation& allocation) {
  std::int32_t rest = allocation.gpus;
  for (const std::uint32_t node : allocation.nodes) {
    const std::int32_t here = std::min(rest, gpus_per_node_);
    set_free(node, free_[node] + here);
    rest -= here;
  }
  free_gpus_ += allocation.gpus;
  ensures(free_gpus_ <= gpus(), "no more GPUs are free than there are");
}

bool NodePool::take_again(const Allocation& allocation) {
  if (free_gpus_ < allocation.gpus) return false;
  std::int32_t rest = allocation.gpus;
  for (const std::uint32_t node : allocation.nodes) {
    if (free_[node] < std::min(rest, gpus_per_node_)) return false;
    rest -= gpus_per_node_;
  }
  rest = allocation.gpus;
  for (const std::uint32_t node : allocation.nodes) {
    const std::int32_t here = std::min(rest, gpus_per_node_);
    set_free(node, free_[node] - here);
    rest -= here;
  }
  free_gpus_ -= allocation.gpus;
  return true;
}

void NodePool::set_free(std::uint32_t node, std::int32_t gpus) {
  expects(gpus >= 0 && gpus <= gpus_per_node_, "a node has between none and all of its GPUs free");
  by_free_[static_cast<std::size_t>(free_[node])].erase(node);
  by_free_[static_cast<std::size_t>(gpus)].insert(node);
  free_[node] = gpus;
}

}  // namespace chokepoint::models
