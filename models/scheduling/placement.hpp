#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "models/scheduling/node_pool.hpp"

namespace chokepoint::models {

/// Which nodes a job gets: all of its GPUs at once or none (gang scheduling).
class Placement {
 public:
  virtual ~Placement() = default;

  /// Takes `gpus` >= 1 GPUs from the pool into `allocation`; false, and nothing taken, if they do not fit now.
  virtual bool place(NodePool& pool, std::int32_t gpus, Allocation& allocation) const = 0;
  /// Whether allocations are without nodes.
  [[nodiscard]] virtual bool counts_only() const { return false; }
  /// Whether a job of `gpus` fits into a pool of which all is free.
  [[nodiscard]] virtual bool could_ever_fit(const NodePool& pool, std::int32_t gpus) const;
};

/// What some placements are told beside their name.
struct PlacementTerms {
  /// Nodes under one leaf switch, or of one group of leaves, of the fabric; at least 1.
  int nodes_per_leaf = 32;
};

/// "best-fit", "first-fit", "pooled", "spread", "topology".
std::span<const std::string> placement_names();
/// `name` is one of placement_names().
std::unique_ptr<Placement> make_placement(std::string_view name, const PlacementTerms& terms = {});

}  // namespace chokepoint::models
