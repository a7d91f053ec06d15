#pragma once

namespace chokepoint::models {

/// How the network cards of nodes are wired to leaf switches: all cards of a node to one leaf (a fat tree), or card i
/// of every node to leaf i of its group (rail-optimised: GPUs of one rank in their nodes meet at one leaf).
enum class FabricKind { fat_tree, rail_optimised };

/// The network between nodes: leaves of `nodes_per_leaf` nodes (of a rail-optimised fabric, groups of as many) under
/// spines. Leaves out what a spine adds beyond its bandwidth: deeper trees, adaptive routing, congestion control.
struct Fabric {
  FabricKind kind = FabricKind::rail_optimised;
  int nodes_per_leaf = 32;
  /// Bandwidth into a leaf from its nodes over that to the spines; 1 is non-blocking.
  double oversubscription = 1.0;
};

}  // namespace chokepoint::models
