#include "models/statistics/shapley.hpp"

#include <bit>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

std::vector<double> shapley_values(std::span<const double> worth) {
  expects(std::has_single_bit(worth.size()), "each set of players has a worth");
  const auto players = static_cast<std::size_t>(std::countr_zero(worth.size()));
  // Of the n! orders, in how many those of a set of each size come before a given player: s! (n - s - 1)! / n!.
  std::vector<double> weight(players);
  for (std::size_t size = 0; size < players; ++size) {
    weight[size] = 1.0 / static_cast<double>(players);
    for (std::size_t i = 1; i <= size; ++i) weight[size] *= static_cast<double>(i) / static_cast<double>(players - i);
  }
  std::vector<double> values(players, 0.0);
  for (std::size_t set = 0; set < worth.size(); ++set)
    for (std::size_t player = 0; player < players; ++player) {
      const std::size_t with = set | std::size_t{1} << player;
      if (with != set)
        values[player] += weight[static_cast<std::size_t>(std::popcount(set))] * (worth[with] - worth[set]);
    }
  return values;
}

}  // namespace chokepoint::models
