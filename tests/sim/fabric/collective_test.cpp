#include "sim/fabric/collective.hpp"

#include <algorithm>
#include <memory>
#include <numeric>

#include <doctest/doctest.h>

#include "models/training/collective_time.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

using Rounds = std::vector<CollectiveRound>;
using Make = std::function<Rounds(const CollectiveRounds&)>;

// An A100 node: 300 GB/s of NVLink in one direction and a card of 25 GB/s a GPU.
constexpr double link = 300e9;
constexpr double card = 25e9;
constexpr StepLatency latency{.link_s = 3e-6, .network_s = 12e-6};

models::FabricShape shape(int nodes, const models::Fabric& fabric = {}) {
  return {.fabric = fabric, .nodes = nodes, .link_bytes_per_s = link, .network_bytes_per_s = card};
}

/// When each of the collectives ends that start at once, s.
std::vector<double> ends_s(const models::FabricShape& fabric, const std::vector<Make>& makes) {
  return tests::in_child([&] {
    const models::FabricGraph graph(fabric);
    std::vector<double> rates;
    for (int i = 0; i < graph.links(); ++i) rates.push_back(graph.bytes_per_s(i));
    Kernel kernel;
    FlowNetwork network(kernel, rates, 16);
    const CollectiveRounds rounds(graph, latency);
    std::vector<std::unique_ptr<RunningCollective>> running;
    std::vector<double> ends(makes.size(), -1.0);
    for (const Make& make : makes)
      running.push_back(std::make_unique<RunningCollective>(kernel, network, make(rounds)));
    for (std::size_t i = 0; i < running.size(); ++i)
      running[i]->start([&kernel, &ends, i] { ends[i] = kernel.now_s(); });
    kernel.run();
    return ends;
  });
}

double end_s(const models::FabricShape& fabric, const Make& make) {
  return ends_s(fabric, {make}).front();
}

std::vector<int> gpus(int count, int first = 0, int stride = 1) {
  std::vector<int> list(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) list[static_cast<std::size_t>(i)] = first + stride * i;
  return list;
}

doctest::Approx near(double value) {
  return doctest::Approx(value).epsilon(1e-6);
}

constexpr double sizes[] = {1e3, 1e6, 3.5e8, 2e10};

}  // namespace

TEST_CASE("collectives inside a node take the time of their textbook formulas") {
  for (const int n : {2, 3, 4, 8})
    for (const double bytes : sizes) {
      CAPTURE(n);
      CAPTURE(bytes);
      const auto ranks = gpus(n);
      const models::CollectiveShape text{.ranks = n, .bytes = bytes, .bytes_per_s = link, .latency_s = latency.link_s};
      CHECK(end_s(shape(1), [&](const auto& all) { return all.allreduce(ranks, bytes); }) ==
            near(models::allreduce_s(text)));
      CHECK(end_s(shape(1), [&](const auto& all) { return all.all_gather(ranks, bytes); }) ==
            near(models::all_gather_s(text)));
      CHECK(end_s(shape(1), [&](const auto& all) { return all.reduce_scatter(ranks, bytes); }) ==
            near(models::reduce_scatter_s(text)));
      CHECK(end_s(shape(1), [&](const auto& all) { return all.all_to_all(ranks, bytes); }) ==
            near(models::all_to_all_s(text)));
    }
}

TEST_CASE("a ring with one GPU in each node runs at the rate of a card") {
  for (const int n : {2, 4, 16})
    for (const double bytes : sizes) {
      CAPTURE(n);
      const auto ranks = gpus(n, 3, 8);
      const models::CollectiveShape text{
          .ranks = n, .bytes = bytes, .bytes_per_s = card, .latency_s = latency.network_s};
      CHECK(end_s(shape(n), [&](const auto& all) { return all.allreduce(ranks, bytes); }) ==
            near(models::allreduce_s(text)));
      CHECK(end_s(shape(n), [&](const auto& all) { return all.all_gather(ranks, bytes); }) ==
            near(models::all_gather_s(text)));
    }
}

TEST_CASE("a ring of whole nodes runs at the rate of all their cards, up to that of the links") {
  for (const int nodes : {2, 5})
    for (const double slow : {card, 50e9}) {
      models::FabricShape fabric = shape(nodes);
      fabric.network_bytes_per_s = slow;
      const models::CollectiveShape text{
          .ranks = 8 * nodes, .bytes = 1e9, .bytes_per_s = std::min(link, 8 * slow), .latency_s = latency.network_s};
      CHECK(end_s(fabric, [&](const auto& all) { return all.allreduce(gpus(8 * nodes), 1e9); }) ==
            near(models::allreduce_s(text)));
    }
}

TEST_CASE("a message takes latency and bytes over the slowest of its links") {
  const auto send_s = [](int from, int to) {
    return end_s(shape(40), [&](const auto& all) { return all.point_to_point(from, to, 1e8); });
  };
  CHECK(send_s(0, 5) == near(latency.link_s + 1e8 / link));
  CHECK(send_s(0, 8) == near(latency.network_s + 1e8 / card));
  CHECK(send_s(3, 8 * 39 + 1) == near(latency.network_s + 1e8 / card));
}

TEST_CASE("an exchange of all with all over nodes waits for the cards") {
  const double across = 24.0 / 32.0 * 1e9 / card;
  CHECK(end_s(shape(4), [&](const auto& all) { return all.all_to_all(gpus(32), 1e9); }) ==
        near(31 * latency.network_s + across));
}

TEST_CASE("a hierarchical sum takes the time of its three textbook parts") {
  for (const int nodes : {2, 6}) {
    const models::HierarchicalShape text{.nodes = nodes,
                                         .ranks_of_node = 8,
                                         .bytes = 4e9,
                                         .link_bytes_per_s = link,
                                         .network_bytes_per_s = card,
                                         .link_latency_s = latency.link_s,
                                         .network_latency_s = latency.network_s};
    CHECK(end_s(shape(nodes), [&](const auto& all) { return all.hierarchical_allreduce(gpus(8 * nodes), 4e9); }) ==
          near(models::hierarchical_allreduce_s(text)));
  }
}

TEST_CASE("an oversubscribed leaf slows what crosses it by its ratio and nothing inside it") {
  for (const auto kind : {models::FabricKind::fat_tree, models::FabricKind::rail_optimised})
    for (const double ratio : {1.0, 2.0, 4.0}) {
      CAPTURE(ratio);
      // Leaves of two nodes: all cards of nodes 0 and 1 send to nodes 2 and 3 at once.
      const models::FabricShape fabric = shape(4, {kind, 2, ratio});
      std::vector<Make> all;
      for (int i = 0; i < 16; ++i)
        all.emplace_back([i](const CollectiveRounds& rounds) { return rounds.point_to_point(i, 16 + i, 1e9); });
      for (const double end : ends_s(fabric, all)) CHECK(end == near(latency.network_s + ratio * 1e9 / card));
      CHECK(end_s(fabric, [](const auto& rounds) { return rounds.allreduce(gpus(16), 1e9); }) ==
            near(models::allreduce_s(
                {.ranks = 16, .bytes = 1e9, .bytes_per_s = 8 * card, .latency_s = latency.network_s})));
    }
}

TEST_CASE("a ring whose neighbours stand under other leaves is slowed by the oversubscription") {
  // Every edge of the ring 0 2 1 3 crosses leaves of two nodes each.
  std::vector<int> ring;
  for (const int node : {0, 2, 1, 3})
    for (int i = 0; i < 8; ++i) ring.push_back(8 * node + i);
  const models::CollectiveShape text{
      .ranks = 32, .bytes = 1e9, .bytes_per_s = 8 * card / 2, .latency_s = latency.network_s};
  CHECK(end_s(shape(4, {models::FabricKind::fat_tree, 2, 2.0}),
              [&](const auto& all) { return all.allreduce(ring, 1e9); }) == near(models::allreduce_s(text)));
}

TEST_CASE("two jobs that share an uplink each get half of it until one ends") {
  // Leaves of two nodes with one node's worth of uplink: node 0 sends to node 2 and node 1 to node 3.
  const models::FabricShape fabric = shape(4, {models::FabricKind::fat_tree, 2, 2.0});
  const auto sends = [](int from, double bytes) {
    return [from, bytes](const CollectiveRounds& rounds) {
      Rounds round = rounds.point_to_point(from, from + 16, bytes);
      for (int i = 1; i < 8; ++i)
        round.front().load.add(rounds.point_to_point(from + i, from + 16 + i, bytes).front().load);
      return round;
    };
  };
  const double whole = 1e9 / card;
  const auto ends = ends_s(fabric, {sends(0, 1e9), sends(8, 3e9)});
  CHECK(ends[0] == near(latency.network_s + 2 * whole));
  CHECK(ends[1] == near(latency.network_s + 2 * whole + 2 * whole));
  CHECK(end_s(fabric, sends(0, 1e9)) == near(latency.network_s + whole));
}

}  // namespace chokepoint::sim
