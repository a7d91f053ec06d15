#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chokepoint::analysis {

/// Systematic resampling (Kitagawa 1996): `count` indices, each as often as its weight asks, up to one; `offset` from
/// 0 to 1 decides all. Weights are not negative, one is above 0.
std::vector<std::size_t> systematic_draws(std::span<const double> weights, std::size_t count, double offset);

struct Kept {
  std::size_t index = 0;
  double weight = 0.0;
};

/// A weighted sample thinned to at most `count` distinct members without bias and with the least variance (Fearnhead &
/// Clifford 2003): those above a threshold keep their weight, of the others some are drawn and get the threshold's. In
/// the order of their indices; weights sum to one.
std::vector<Kept> thinned(std::span<const double> weights, std::size_t count, double offset);

}  // namespace chokepoint::analysis
