#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

#include "models/statistics/quantile_band.hpp"

namespace chokepoint::analysis {

/// Values of which each counts by a weight.
class WeightedSample {
 public:
  /// `weight` is not negative.
  void add(double value, double weight) {
    values_.push_back(value);
    weights_.push_back(weight);
  }

  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] double weight() const { return std::reduce(weights_.begin(), weights_.end()); }
  /// Of a weight above 0.
  [[nodiscard]] models::QuantileBand band() const {
    return models::quantile_band(models::SortedSample(values_, weights_));
  }

 private:
  std::vector<double> values_;
  std::vector<double> weights_;
};

}  // namespace chokepoint::analysis
