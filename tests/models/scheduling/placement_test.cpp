#include "models/scheduling/placement.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <random>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

using Nodes = std::vector<std::uint32_t>;

/// Placement as its rule reads, by looking at every node.
struct PlainPlacement {
  std::string name;
  int per_node;
  std::vector<int> free;

  std::optional<Nodes> nodes_for(int gpus) const {
    const int whole = gpus / per_node;
    const int rest = gpus % per_node;
    Nodes nodes;
    for (std::uint32_t node = 0; node < free.size() && static_cast<int>(nodes.size()) < whole; ++node)
      if (free[node] == per_node) nodes.push_back(node);
    if (static_cast<int>(nodes.size()) < whole) return std::nullopt;
    if (rest == 0) return nodes;
    std::optional<std::uint32_t> last;
    for (std::uint32_t node = 0; node < free.size(); ++node) {
      if (free[node] < rest || std::ranges::find(nodes, node) != nodes.end()) continue;
      const bool better = !last ||
                          (name == "best-fit" && (whole == 0 ? free[node] < free[*last] : free[node] > free[*last])) ||
                          (name == "spread" && free[node] > free[*last]);
      if (better) last = node;
    }
    if (!last) return std::nullopt;
    nodes.push_back(*last);
    return nodes;
  }

  void change(const Nodes& nodes, int gpus, int sign) {
    for (const std::uint32_t node : nodes) {
      const int here = std::min(gpus, per_node);
      free[node] += sign * here;
      gpus -= here;
    }
  }
};

void compare(const std::string& name, std::uint64_t seed) {
  CAPTURE(name);
  CAPTURE(seed);
  std::mt19937_64 chance(seed);
  const auto nodes = static_cast<std::uint32_t>(1 + chance() % 12);
  const auto per_node = static_cast<std::int32_t>(1 + chance() % 9);
  NodePool pool(nodes, per_node);
  PlainPlacement plain{name, per_node, std::vector<int>(nodes, per_node)};
  const auto placement = make_placement(name);
  std::vector<Allocation> held;
  for (int step = 0; step < 400; ++step) {
    if (chance() % 2 == 0) {
      const auto gpus = static_cast<std::int32_t>(1 + chance() % static_cast<std::uint64_t>(pool.gpus() + 2));
      const auto expected = plain.nodes_for(gpus);
      Allocation allocation;
      REQUIRE(placement->place(pool, gpus, allocation) == expected.has_value());
      if (expected) {
        REQUIRE(allocation.nodes == *expected);
        REQUIRE(allocation.gpus == gpus);
        plain.change(*expected, gpus, -1);
        held.push_back(allocation);
      }
      CHECK((!expected || placement->could_ever_fit(pool, gpus)));
    } else if (!held.empty()) {
      std::swap(held[chance() % held.size()], held.back());
      plain.change(held.back().nodes, held.back().gpus, 1);
      pool.give_back(held.back());
      held.pop_back();
    }
    for (std::uint32_t node = 0; node < nodes; ++node) REQUIRE(pool.free_on(node) == plain.free[node]);
    REQUIRE(pool.free_gpus() == std::accumulate(plain.free.begin(), plain.free.end(), 0));
  }
}

}  // namespace

TEST_CASE("best-fit and first-fit and spread take the nodes that their rules name") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed)
    for (const std::string name : {"best-fit", "first-fit", "spread"}) compare(name, seed);
}

TEST_CASE("spread fills nodes evenly where best-fit fills one after the other") {
  // Three nodes of 4: jobs of 2, 1, 1, 1, 5 and 2 GPUs.
  const auto nodes = [](const char* name) {
    NodePool pool(3, 4);
    const auto placement = make_placement(name);
    std::vector<Nodes> taken;
    for (const std::int32_t gpus : {2, 1, 1, 1, 5, 2}) {
      Allocation allocation;
      taken.push_back(placement->place(pool, gpus, allocation) ? allocation.nodes : Nodes{});
    }
    return taken;
  };
  CHECK(nodes("spread") == std::vector<Nodes>{{0}, {1}, {2}, {1}, {}, {2}});
  CHECK(nodes("best-fit") == std::vector<Nodes>{{0}, {0}, {0}, {1}, {2, 1}, {1}});
}

TEST_CASE("every job that could ever fit fits into a pool of which all is free") {
  for (const std::string& name : placement_names()) {
    const auto placement = make_placement(name);
    for (std::int32_t per_node = 1; per_node <= 8; ++per_node) {
      for (std::int32_t gpus = 1; gpus <= 5 * per_node; ++gpus) {
        NodePool pool(4, per_node);
        Allocation allocation;
        const bool could = placement->could_ever_fit(pool, gpus);
        CHECK(could == (gpus <= 4 * per_node));
        CHECK(placement->place(pool, gpus, allocation) == could);
        if (!could) continue;
        CHECK(pool.free_gpus() == 4 * per_node - gpus);
        pool.give_back(allocation);
        CHECK(pool.free_gpus() == 4 * per_node);
      }
    }
  }
}

TEST_CASE("pooled placement counts GPUs and nothing else") {
  NodePool pool(3, 4);
  const auto pooled = make_placement("pooled");
  Allocation first;
  Allocation second;
  CHECK(pooled->place(pool, 5, first));
  CHECK_FALSE(pooled->place(pool, 8, second));
  CHECK(pooled->place(pool, 7, second));
  CHECK(pool.free_gpus() == 0);
  pool.give_back(first);
  CHECK(pool.free_gpus() == 5);
}

}  // namespace chokepoint::models
