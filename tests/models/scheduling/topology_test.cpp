#include "models/scheduling/topology.hpp"

#include <algorithm>
#include <bit>
#include <optional>
#include <random>
#include <set>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

using Nodes = std::vector<std::uint32_t>;

/// The fewest leaves whose nodes hold a job of at least a node, by trying every set of leaves; none if no set does.
std::optional<int> fewest_leaves(const NodePool& pool, std::int32_t gpus, std::uint32_t nodes_per_leaf) {
  const std::int32_t whole = gpus / pool.gpus_per_node();
  const std::int32_t rest = gpus % pool.gpus_per_node();
  const std::uint32_t leaves = (pool.nodes() + nodes_per_leaf - 1) / nodes_per_leaf;
  std::optional<int> fewest;
  for (std::uint32_t set = 1; set < (1u << leaves); ++set) {
    std::int32_t wholly_free = 0;
    bool partly_free = rest == 0;
    for (std::uint32_t node = 0; node < pool.nodes(); ++node) {
      if (((set >> (node / nodes_per_leaf)) & 1u) == 0) continue;
      if (pool.free_on(node) == pool.gpus_per_node()) {
        ++wholly_free;
      } else if (pool.free_on(node) >= rest) {
        partly_free = true;
      }
    }
    const bool fits = wholly_free > whole || (wholly_free == whole && partly_free);
    if (fits && (!fewest || std::popcount(set) < *fewest)) fewest = std::popcount(set);
  }
  return fewest;
}

int leaves_of(const Nodes& nodes, std::uint32_t nodes_per_leaf) {
  std::set<std::uint32_t> leaves;
  for (const std::uint32_t node : nodes) leaves.insert(node / nodes_per_leaf);
  return static_cast<int>(leaves.size());
}

}  // namespace

TEST_CASE("topology keeps a job under one leaf where it fits and takes the leaf with the fewest nodes left") {
  // Leaves of 3 nodes of 4 GPUs: 0-2, 3-5, 6-7.
  NodePool pool(8, 4);
  const auto topology = make_placement("topology", {.nodes_per_leaf = 3});
  const auto nodes = [&](std::int32_t gpus) {
    Allocation allocation;
    return topology->place(pool, gpus, allocation) ? allocation.nodes : Nodes{};
  };
  CHECK(nodes(8) == Nodes{6, 7});  // the last leaf has two
  CHECK(nodes(8) == Nodes{0, 1});  // leaves 0 and 1 have three each
  CHECK(nodes(6) == Nodes{3, 4});  // a node and a half: leaf 0 has one only
  CHECK(nodes(2) == Nodes{4});     // best-fit
  CHECK(nodes(8) == Nodes{2, 5});  // over two leaves
  CHECK(nodes(4) == Nodes{});
}

TEST_CASE("topology never uses more leaves than the fewest that can hold the job") {
  int over_several = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    const auto node_count = static_cast<std::uint32_t>(1 + chance() % 14);
    const auto per_node = static_cast<std::int32_t>(1 + chance() % 6);
    const auto nodes_per_leaf = static_cast<std::uint32_t>(1 + chance() % 4);
    const auto topology = make_placement("topology", {.nodes_per_leaf = static_cast<int>(nodes_per_leaf)});
    NodePool pool(node_count, per_node);
    std::vector<Allocation> held;
    for (int step = 0; step < 200; ++step) {
      if (chance() % 5 < 3) {
        const std::uint64_t most =
            chance() % 2 == 0 ? static_cast<std::uint64_t>(per_node) : static_cast<std::uint64_t>(pool.gpus());
        const auto gpus = static_cast<std::int32_t>(1 + chance() % most);
        const auto fewest = fewest_leaves(pool, gpus, nodes_per_leaf);
        const std::int64_t free_before = pool.free_gpus();
        Allocation allocation;
        const bool placed = topology->place(pool, gpus, allocation);
        if (gpus >= per_node) {
          REQUIRE(placed == fewest.has_value());
          if (placed) REQUIRE(leaves_of(allocation.nodes, nodes_per_leaf) == *fewest);
          if (placed && *fewest > 1) ++over_several;
        }
        REQUIRE(pool.free_gpus() == free_before - (placed ? gpus : 0));
        if (placed) held.push_back(std::move(allocation));
      } else if (!held.empty()) {
        std::swap(held[chance() % held.size()], held.back());
        pool.give_back(held.back());
        held.pop_back();
      }
    }
  }
  CHECK(over_several > 500);
}

TEST_CASE("topology places whatever best-fit can place") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    NodePool pool(static_cast<std::uint32_t>(1 + chance() % 12), static_cast<std::int32_t>(1 + chance() % 8));
    const auto topology = make_placement("topology", {.nodes_per_leaf = static_cast<int>(1 + chance() % 5)});
    const auto best_fit = make_placement("best-fit");
    for (int step = 0; step < 30; ++step) {
      const auto gpus = static_cast<std::int32_t>(1 + chance() % static_cast<std::uint64_t>(pool.gpus()));
      NodePool other = pool;
      Allocation allocation, other_allocation;
      REQUIRE(topology->place(pool, gpus, allocation) == best_fit->place(other, gpus, other_allocation));
    }
  }
}

}  // namespace chokepoint::models
