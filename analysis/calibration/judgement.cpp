#include "analysis/calibration/judgement.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include <boost/math/special_functions/erf.hpp>

#include "models/statistics/sorted_sample.hpp"

namespace chokepoint::analysis {
namespace {

constexpr double fewest_effective = 30.0;
constexpr double alpha = 0.1;

/// A normal distribution as equally likely points: the middles of its parts.
std::array<double, 19> normal_points() {
  std::array<double, 19> points{};
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = -std::numbers::sqrt2 *
                boost::math::erfc_inv(2.0 * (static_cast<double>(i) + 0.5) / static_cast<double>(points.size()));
  return points;
}

ScoredBand scored(std::string name, Band band, const Target& target) {
  return {.name = std::move(name), .band = band, .score = interval_score(band, target.value, alpha)};
}

std::vector<double> deviances_without(const Target& target, std::size_t index, std::span<const EvaluatedSet> sets) {
  std::vector<double> deviances;
  for (const EvaluatedSet& set : sets)
    deviances.push_back(std::isfinite(set.deviance) ? set.deviance - target.weight * set.fits[index].deviance
                                                    : std::numeric_limits<double>::infinity());
  return deviances;
}

/// As many as tell a band.
std::vector<Kept> some_of(std::span<const double> weights) {
  return thinned(weights, 400, 0.5);
}

/// Those of the first wave that ran, which are draws from the prior.
std::vector<double> untuned_weights(std::span<const EvaluatedSet> sets, const Population& population) {
  std::vector<double> weights(sets.size());
  for (std::size_t i = 0; i < population.places.size() / population.waves; ++i)
    weights[i] = std::isfinite(sets[i].deviance) ? 1.0 : 0.0;
  return weights;
}

}  // namespace

Band predictive_band(const Target& target, std::span<const EvaluatedSet> sets, std::span<const Kept> some) {
  static const auto points = normal_points();
  std::vector<double> values, shares;
  for (const Kept& one : some) {
    const std::vector<double>& replicates = sets[one.index].outcomes[target.column];
    for (const double value : replicates)
      for (const double point : points) {
        values.push_back(value + target.tolerance * point);
        shares.push_back(one.weight / static_cast<double>(replicates.size()));
      }
  }
  const models::SortedSample sample(values, shares);
  return {.low = sample.quantile(alpha / 2.0, models::QuantileOf::population),
          .high = sample.quantile(1.0 - alpha / 2.0, models::QuantileOf::population)};
}

std::vector<TargetJudgement> judge(const std::vector<Target>& targets, std::span<const EvaluatedSet> sets,
                                   const Population& population) {
  const auto fitted = some_of(population.weights(population.deviances));
  const auto untuned = some_of(untuned_weights(sets, population));
  std::vector<TargetJudgement> judgements;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Target& target = targets[i];
    TargetJudgement judgement{.fitted = scored("ensemble", predictive_band(target, sets, fitted), target)};
    const auto others = population.weights(deviances_without(target, i, sets));
    if (targets.size() > 1 && effective_sets(others) >= fewest_effective)
      judgement.left_out = scored("left out", predictive_band(target, sets, some_of(others)), target);
    judgement.naive.push_back(scored("untuned", predictive_band(target, sets, untuned), target));
    for (const NaiveForecast& naive : target.naive) judgement.naive.push_back(scored(naive.name, naive.band, target));
    judgements.push_back(std::move(judgement));
  }
  return judgements;
}

}  // namespace chokepoint::analysis
