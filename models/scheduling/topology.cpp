#include "models/scheduling/topology.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

#include "models/scheduling/best_fit.hpp"

namespace chokepoint::models {
namespace {

struct Leaf {
  std::uint32_t index = 0;
  std::int32_t wholly_free = 0;
  /// The fullest node that is not wholly free and has room for what fills no node.
  std::uint32_t partly_free = NodeSet::none;
};

struct Wanted {
  std::int32_t whole = 0;
  std::int32_t rest = 0;
};

std::vector<Leaf> look_at_leaves(const NodePool& pool, std::uint32_t nodes_per_leaf, std::int32_t rest) {
  std::vector<Leaf> leaves((pool.nodes() + nodes_per_leaf - 1) / nodes_per_leaf);
  for (std::uint32_t index = 0; index < leaves.size(); ++index) {
    Leaf& leaf = leaves[index];
    leaf.index = index;
    const std::uint32_t end = std::min(pool.nodes(), (index + 1) * nodes_per_leaf);
    for (std::uint32_t node = index * nodes_per_leaf; node < end; ++node) {
      const std::int32_t free = pool.free_on(node);
      if (free == pool.gpus_per_node()) {
        ++leaf.wholly_free;
      } else if (rest > 0 && free >= rest &&
                 (leaf.partly_free == NodeSet::none || free < pool.free_on(leaf.partly_free))) {
        leaf.partly_free = node;
      }
    }
  }
  return leaves;
}

/// `count` leaves for the job, if so many are enough: the first count - 1 of `emptiest_first`, which no others exceed,
/// and of the rest the fullest with which it fits. Where any set of as many leaves fits, such a set does.
std::optional<std::vector<Leaf>> choose(std::span<const Leaf> emptiest_first, std::size_t count, const Wanted& wanted) {
  std::vector<Leaf> chosen(emptiest_first.begin(), emptiest_first.begin() + static_cast<std::ptrdiff_t>(count) - 1);
  std::int32_t before = 0;
  bool has_partly_free = wanted.rest == 0;
  for (const Leaf& leaf : chosen) {
    before += leaf.wholly_free;
    has_partly_free = has_partly_free || leaf.partly_free != NodeSet::none;
  }
  const Leaf* last = nullptr;
  for (const Leaf& leaf : emptiest_first.subspan(count - 1)) {
    const std::int32_t nodes = before + leaf.wholly_free;
    const bool fits =
        nodes > wanted.whole || (nodes == wanted.whole && (has_partly_free || leaf.partly_free != NodeSet::none));
    if (fits && (last == nullptr || leaf.wholly_free < last->wholly_free)) last = &leaf;
  }
  if (last == nullptr) return std::nullopt;
  chosen.push_back(*last);
  return chosen;
}

}  // namespace

bool Topology::place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const {
  const std::int32_t per_node = pool.gpus_per_node();
  const Wanted wanted{.whole = gpus / per_node, .rest = gpus % per_node};
  if (wanted.whole == 0) return BestFit().place(pool, gpus, allocation);
  if (pool.wholly_free_nodes() < static_cast<std::uint32_t>(wanted.whole)) return false;

  std::vector<Leaf> leaves = look_at_leaves(pool, nodes_per_leaf_, wanted.rest);
  std::ranges::stable_sort(leaves, std::ranges::greater{}, &Leaf::wholly_free);
  std::size_t count = 1;
  for (std::int32_t nodes = leaves[0].wholly_free; nodes < wanted.whole; ++count) nodes += leaves[count].wholly_free;
  auto chosen = choose(leaves, count, wanted);
  if (!chosen && count < leaves.size()) chosen = choose(leaves, count + 1, wanted);
  if (!chosen) return false;

  Allocation taken{.gpus = gpus, .nodes = {}};
  std::uint32_t rest_node = NodeSet::none;
  for (const Leaf& leaf : *chosen) {
    const std::uint32_t end = std::min(pool.nodes(), (leaf.index + 1) * nodes_per_leaf_);
    for (std::uint32_t node = leaf.index * nodes_per_leaf_; node < end; ++node) {
      if (pool.free_on(node) < per_node) continue;
      if (std::ssize(taken.nodes) < wanted.whole) {
        taken.nodes.push_back(node);
      } else if (rest_node == NodeSet::none) {
        rest_node = node;
      }
    }
  }
  for (const Leaf& leaf : *chosen)
    if (leaf.partly_free != NodeSet::none &&
        (rest_node == NodeSet::none || pool.free_on(leaf.partly_free) < pool.free_on(rest_node)))
      rest_node = leaf.partly_free;
  for (const std::uint32_t node : taken.nodes) pool.take(node, per_node);
  if (wanted.rest > 0) {
    pool.take(rest_node, wanted.rest);
    taken.nodes.push_back(rest_node);
  }
  allocation = std::move(taken);
  return true;
}

}  // namespace chokepoint::models
