#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::models {

/// A flow that crosses each of its links once and moves at one pace, at most `most` > 0.
struct FairFlow {
  std::vector<std::uint32_t> links;
  double most = 0.0;
};

/// The max-min fair paces of flows on links: no flow can have more but by taking it from one that has no more
/// (Bertsekas and Gallager 1987, 6.5.2). Flows are stopped in the order of their paces, by the first of their links to
/// be full or by their own limit. O(u log l + f log f) for u links of all f flows, each of l.
[[nodiscard]] std::vector<double> fair_paces(std::span<const double> capacities, std::span<const FairFlow> flows);

}  // namespace chokepoint::models
