#pragma once

namespace chokepoint::models {

/// One collective operation by the alpha-beta model: each of `ranks` has or gets a buffer of `bytes`, sends at
/// `bytes_per_s` in one direction, and each of its steps costs `latency_s` more. Formulas of Thakur, Rabenseifner and
/// Gropp, *Optimization of Collective Communication Operations in MPICH*, IJHPCA 19(1), 2005, section 4, without the
/// time of the arithmetic; they are what NCCL's "bus bandwidth" divides by. Leaves out trees and in-network reduction.
struct CollectiveShape {
  int ranks = 1;
  double bytes = 0.0;
  double bytes_per_s = 0.0;
  double latency_s = 0.0;
};

/// n - 1 steps of a ring, each of bytes / n; `bytes` is the gathered buffer.
[[nodiscard]] double all_gather_s(const CollectiveShape& shape);
/// The same backwards; `bytes` is the buffer that is summed.
[[nodiscard]] double reduce_scatter_s(const CollectiveShape& shape);
/// Reduce-scatter and all-gather: 2 (n - 1) steps.
[[nodiscard]] double allreduce_s(const CollectiveShape& shape);
/// Pairwise exchange: n - 1 steps, each of bytes / n; `bytes` is what a rank has for all.
[[nodiscard]] double all_to_all_s(const CollectiveShape& shape);
/// One rank to another.
[[nodiscard]] double point_to_point_s(const CollectiveShape& shape);

/// Ranks in nodes, each with a link inside and a network card of its own.
struct HierarchicalShape {
  int nodes = 1;
  int ranks_of_node = 1;
  double bytes = 0.0;
  double link_bytes_per_s = 0.0;
  double network_bytes_per_s = 0.0;
  double link_latency_s = 0.0;
  double network_latency_s = 0.0;
};

/// Reduce-scatter in the nodes, all-reduce of each rank's share with its likes in other nodes, all-gather in the nodes.
[[nodiscard]] double hierarchical_allreduce_s(const HierarchicalShape& shape);

}  // namespace chokepoint::models
