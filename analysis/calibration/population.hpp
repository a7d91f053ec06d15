#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace chokepoint::analysis {

/// -2 log of the likelihood of places in the unit cube, infinity where there is none.
using Deviances = std::function<std::vector<double>(std::span<const std::vector<double>> places)>;

struct PopulationPlan {
  std::size_t dimensions = 1;
  /// Places of a wave.
  std::size_t wave = 200;
  std::size_t most_waves = 20;
  /// Ends where the sample is worth so many independent ones.
  double effective = 200.0;
  std::uint64_t seed = 1;
};

/// Places of all waves. Together with `log_importance`, the logarithm of the prior's density over the mixture of all
/// waves' densities, each is a draw that can be weighted for any likelihood.
struct Population {
  std::vector<std::vector<double>> places;
  std::vector<double> deviances;
  std::vector<double> log_importance;
  std::size_t waves = 0;
  /// Reached the likelihood itself and the number of effective sets.
  bool settled = false;

  /// Weights, which sum to one, under a likelihood of these deviances: importance * exp(-power * deviance / 2). All 0
  /// where every deviance is infinite.
  [[nodiscard]] std::vector<double> weights(std::span<const double> under, double power = 1.0) const;
};

/// Kish's effective size: 1 / sum of squares of weights that sum to one; 0 of none.
double effective_sets(std::span<const double> weights);

/// Samples what a uniform prior over the unit cube becomes in the light of a likelihood: population Monte Carlo (Cappé,
/// Guillin, Marin & Robert 2004) whose waves are weighted together (Cornuet, Marin, Mira & Robert 2012). The first wave
/// is a Latin hypercube; each next one draws around the places that weigh most so far under a likelihood flattened to
/// what they can bear, one draw in ten from the prior, so that no weight exceeds ten times its likelihood. Kernels are
/// normal in normal scores of the coordinates, which has no edges.
Population sample_population(const PopulationPlan& plan, const Deviances& deviances);

}  // namespace chokepoint::analysis
