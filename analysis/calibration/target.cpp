#include "analysis/calibration/target.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "models/contract/expects.hpp"
#include "models/statistics/sorted_sample.hpp"

namespace chokepoint::analysis {
namespace {

double median_of(std::span<const double> values) {
  return models::SortedSample({values.begin(), values.end()}).quantile(0.5, models::QuantileOf::sample);
}

}  // namespace

double tolerance_of_range(double low, double high) {
  constexpr double normal_quantile_95 = 1.6448536269514722;
  return (high - low) / (2.0 * normal_quantile_95);
}

TargetFit fit_of(const Target& target, std::span<const double> replicates, Centre centre) {
  models::expects(!replicates.empty() && target.tolerance > 0.0, "replicates to hold against a target");
  const auto count = static_cast<double>(replicates.size());
  const double mean = std::reduce(replicates.begin(), replicates.end()) / count;
  double squares = 0.0;
  for (const double value : replicates) squares += (value - mean) * (value - mean);
  const double luck = replicates.size() > 1 ? squares / (count - 1.0) : 0.0;

  TargetFit fit{.centre = centre == Centre::mean ? mean : median_of(replicates), .luck_sd = std::sqrt(luck)};
  const double luck_part = luck * (1.0 + (centre == Centre::mean ? 1.0 : std::numbers::pi / 2.0) / count);
  const double known = target.tolerance * target.tolerance;
  const double variance = known + luck_part;
  fit.sd = std::sqrt(variance);
  if (!std::isfinite(mean)) {
    fit.implausibility = fit.deviance = std::numeric_limits<double>::infinity();
    return fit;
  }
  const double distance = std::abs(fit.centre - target.value) / fit.sd;
  fit.implausibility = distance;
  fit.deviance = distance * distance;
  if (luck_part > 0.0) {
    const double degrees = (count - 1.0) * (variance / luck_part) * (variance / luck_part);
    const double spread = std::log1p(distance * distance / degrees);
    // Wallace (1959), Bounds on normal approximations to Student's and the chi-square distributions.
    fit.implausibility = (8.0 * degrees + 1.0) / (8.0 * degrees + 3.0) * std::sqrt(degrees * spread);
    fit.deviance = (degrees + 1.0) * spread + std::log(variance / known);
  }
  return fit;
}

}  // namespace chokepoint::analysis
