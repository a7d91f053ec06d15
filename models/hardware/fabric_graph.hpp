#pragma once

#include <vector>

#include "models/hardware/fabric.hpp"

namespace chokepoint::models {

/// Nodes of GPUs on a fabric. Rates in one direction: of a GPU's link to its neighbours in the node, and of a GPU's
/// share of the node's network cards.
struct FabricShape {
  Fabric fabric;
  int nodes = 1;
  int gpus_per_node = 8;
  double link_bytes_per_s = 0.0;
  double network_bytes_per_s = 0.0;
};

/// What a message crosses, so many times for each of its bytes.
struct LinkUse {
  int link = 0;
  int times = 1;

  friend bool operator==(const LinkUse&, const LinkUse&) = default;
};

/// The links of a fabric and the way of a message through them. GPUs count node by node; a GPU has a link and a network
/// card, each with both directions; a leaf has all its cables to the spines as one, in both directions (packets spread
/// evenly). A message between nodes leaves by the card of the GPU that has the receiver's place in the node, which it
/// reaches by link (as NCCL's PXN does), so that it stays on one rail. Leaves out PCIe, spines and their collisions.
class FabricGraph {
 public:
  explicit FabricGraph(const FabricShape& shape);

  [[nodiscard]] const FabricShape& shape() const { return shape_; }
  [[nodiscard]] int gpus() const { return shape_.nodes * shape_.gpus_per_node; }
  [[nodiscard]] int node_of(int gpu) const { return gpu / shape_.gpus_per_node; }
  [[nodiscard]] int links() const { return leaf_links_ + 2 * leaves_; }
  [[nodiscard]] double bytes_per_s(int link) const;

  /// Appends the links that a message from one GPU to another crosses; nothing if they are the same. Uplinks of a leaf
  /// that is not oversubscribed are left out: the cards below never fill them.
  void append_way(int from, int to, std::vector<int>& links) const;

 private:
  [[nodiscard]] int leaf_of(int gpu) const;

  FabricShape shape_;
  int leaves_ = 0;
  int leaf_links_ = 0;
};

/// Which of a GPU's four links.
enum class GpuLink { link_out, link_in, card_out, card_in };
[[nodiscard]] constexpr int gpu_link(int gpu, GpuLink which) {
  return 4 * gpu + static_cast<int>(which);
}

}  // namespace chokepoint::models
