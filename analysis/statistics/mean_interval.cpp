#include "analysis/statistics/mean_interval.hpp"

#include <cmath>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

struct Sample {
  double mean = 0.0;
  /// Of the mean: the draws' variance over their number.
  double variance = 0.0;
  double freedom = 0.0;
};

/// Sums of distances from the first value, so that equal values leave no rounding behind.
Sample sample_of(std::span<const double> values) {
  models::expects(!values.empty(), "a mean is asked of at least one value");
  const auto count = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += value - values.front();
  const double offset = sum / count;
  double squares = 0.0;
  for (const double value : values) {
    const double distance = value - values.front() - offset;
    squares += distance * distance;
  }
  return {.mean = values.front() + offset,
          .variance = values.size() > 1 ? squares / (count - 1.0) / count : 0.0,
          .freedom = count - 1.0};
}

Interval around(double mean, double variance, double freedom) {
  if (variance <= 0.0) return {mean, mean};
  const boost::math::students_t student(freedom);
  const double half = boost::math::quantile(student, (1.0 + interval_level) / 2.0) * std::sqrt(variance);
  return {mean - half, mean + half};
}

}  // namespace

MeanInterval mean_interval(std::span<const double> values) {
  const Sample sample = sample_of(values);
  if (values.size() == 1) return {.mean = sample.mean};
  return {.mean = sample.mean, .interval = around(sample.mean, sample.variance, sample.freedom)};
}

MeanInterval paired_difference(std::span<const double> base, std::span<const double> other) {
  models::expects(base.size() == other.size(), "each draw has its other");
  std::vector<double> differences;
  for (std::size_t i = 0; i < base.size(); ++i) differences.push_back(other[i] - base[i]);
  return mean_interval(differences);
}

MeanInterval unpaired_difference(std::span<const double> base, std::span<const double> other) {
  const Sample one = sample_of(base);
  const Sample two = sample_of(other);
  const double difference = two.mean - one.mean;
  if (base.size() == 1 || other.size() == 1) return {.mean = difference};
  const double variance = one.variance + two.variance;
  // Degrees of freedom by Welch and Satterthwaite.
  const double freedom =
      variance * variance / (one.variance * one.variance / one.freedom + two.variance * two.variance / two.freedom);
  return {.mean = difference, .interval = around(difference, variance, freedom)};
}

}  // namespace chokepoint::analysis
