#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "models/hardware/fabric_graph.hpp"
#include "sim/kernel/kernel.hpp"

namespace chokepoint::sim {

/// Flows that share links fairly in SimGrid, on the kernel's clock. A flow crosses each of its links so many times a
/// byte and moves at one pace everywhere; the links give each flow of a link the same pace (max-min fairness, Bertsekas
/// and Gallager 1987). Bandwidth means bandwidth: SimGrid's model CM02 without TCP windows, cross traffic or
/// corrections; latency is the caller's. One a process, made before the kernel first runs: it is SimGrid's platform.
class FlowNetwork {
 public:
  /// Where flows go; known by its number.
  struct Path {
    std::uint32_t number = 0;
  };
  struct Flow {
    Path path;
    /// Along each of its ways, at least 0.
    double bytes = 0.0;
    /// What happens when it has arrived, in phase `ends`.
    EventHandler* handler = nullptr;
    std::uint64_t argument = 0;
    std::uint64_t id = 0;
  };

  /// Links of these capacities, and room for so many paths. `kernel` outlives this.
  FlowNetwork(Kernel& kernel, std::span<const double> bytes_per_s, std::size_t most_paths);
  ~FlowNetwork();
  FlowNetwork(const FlowNetwork&) = delete;
  FlowNetwork& operator=(const FlowNetwork&) = delete;

  /// A path over links, each with how often; an empty one takes no time.
  Path path(std::span<const models::LinkUse> uses);
  void start(const Flow& flow);
  /// Flows under way.
  [[nodiscard]] std::size_t flows() const;

 private:
  class Platform;
  std::unique_ptr<Platform> platform_;
};

}  // namespace chokepoint::sim
