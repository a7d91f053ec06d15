#pragma once

#include <span>
#include <vector>

#include "models/hardware/fabric_graph.hpp"

namespace chokepoint::models {

/// How often each link is crossed by each byte that the members of a collective pass on at once, in the order of links.
/// All ways of a collective move at one pace, that of its most crowded link, as each member waits for its neighbour's
/// piece: so that one number a link describes it. What a member passes on is spread evenly over `channels` ways.
struct CollectiveLoad {
  std::vector<LinkUse> uses;
  int channels = 1;

  /// Adds one that goes on at the same time with the same number of channels.
  void add(const CollectiveLoad& other);
};

/// A ring of the GPUs, which count in their order; those of a node stand together. In one node it is one channel. Over
/// several nodes it has as many channels as the fewest GPUs of it in a node, as NCCL makes them: each enters and leaves
/// the nodes by another card, so that all cards serve the ring; or at most `most_channels`.
[[nodiscard]] CollectiveLoad ring_load(const FabricGraph& graph, std::span<const int> gpus,
                                       int most_channels = 1 << 20);
/// Each to each other, all at once.
[[nodiscard]] CollectiveLoad all_to_all_load(const FabricGraph& graph, std::span<const int> gpus);
/// Each of `from` to the GPU at its place in `to`, all at once.
[[nodiscard]] CollectiveLoad pairs_load(const FabricGraph& graph, std::span<const int> from, std::span<const int> to);

/// The rate in bytes/s at which a member passes on, over all channels, where nothing else uses the links; infinity
/// where no link is used.
[[nodiscard]] double pace_bytes_per_s(const FabricGraph& graph, const CollectiveLoad& load);

}  // namespace chokepoint::models
