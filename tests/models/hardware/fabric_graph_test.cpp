#include "models/hardware/fabric_graph.hpp"

#include <numeric>

#include <doctest/doctest.h>

#include "models/hardware/collective_load.hpp"

namespace chokepoint::models {
namespace {

FabricGraph graph(FabricKind kind, double oversubscription = 1.0) {
  return FabricGraph({.fabric = {kind, 2, oversubscription},
                      .nodes = 4,
                      .gpus_per_node = 4,
                      .link_bytes_per_s = 100.0,
                      .network_bytes_per_s = 10.0});
}

std::size_t crossed(const FabricGraph& fabric, int from, int to) {
  std::vector<int> links;
  fabric.append_way(from, to, links);
  return links.size();
}

}  // namespace

TEST_CASE("a message crosses links in the node and cards between nodes and uplinks of oversubscribed leaves") {
  for (const auto kind : {FabricKind::fat_tree, FabricKind::rail_optimised}) {
    const FabricGraph fabric = graph(kind, 2.0);
    CHECK(crossed(graph(kind), 0, 8) == 2);
    CHECK(crossed(fabric, 0, 0) == 0);
    CHECK(crossed(fabric, 0, 3) == 2);
    CHECK(crossed(fabric, 0, 4) == 2);
    CHECK(crossed(fabric, 0, 5) == 4);
    CHECK(crossed(fabric, 0, 8) == 4);
    CHECK(crossed(fabric, 1, 8) == 6);
  }
}

TEST_CASE("the uplinks of all leaves carry the cards of all nodes over the oversubscription") {
  for (const auto kind : {FabricKind::fat_tree, FabricKind::rail_optimised}) {
    const FabricGraph fabric = graph(kind, 2.5);
    double up = 0.0;
    for (int link = 4 * fabric.gpus(); link < fabric.links(); ++link) up += fabric.bytes_per_s(link);
    CHECK(up == doctest::Approx(2 * 16 * 10.0 / 2.5));
  }
}

TEST_CASE("a ring over nodes crosses every card once a channel") {
  const FabricGraph fabric = graph(FabricKind::rail_optimised);
  std::vector<int> all(16);
  std::iota(all.begin(), all.end(), 0);
  const CollectiveLoad ring = ring_load(fabric, all);
  CHECK(ring.channels == 4);
  for (const LinkUse& use : ring.uses)
    if (use.link < 4 * fabric.gpus() && use.link % 4 >= 2) CHECK(use.times == 1);
  CHECK(pace_bytes_per_s(fabric, ring) == doctest::Approx(40.0));
}

}  // namespace chokepoint::models
