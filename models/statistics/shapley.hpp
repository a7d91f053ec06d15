#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chokepoint::models {

/// What each of n players adds to what all have together: its mean contribution over all orders in which they may come
/// (Shapley 1953, "A value for n-person games"). `worth[s]` is what the players of the set s have, player i by bit i;
/// 2^n numbers, n >= 0. The values add up to worth of all less worth of none. O(n 2^n).
std::vector<double> shapley_values(std::span<const double> worth);

}  // namespace chokepoint::models
