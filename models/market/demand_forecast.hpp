#pragma once

#include <cstddef>
#include <deque>
#include <variant>

namespace chokepoint::models {

/// What the next periods are expected to ask for, goods a period. Before the first observation the forecast is
/// `first`.

/// Mean of the last `periods` observations, of fewer while there are fewer.
class MovingAverage {
 public:
  explicit MovingAverage(std::size_t periods, double first = 0.0);
  void observe(double demand);
  /// Sum over the next `periods`.
  [[nodiscard]] double over(double periods) const { return periods * mean_; }

 private:
  std::size_t periods_;
  std::deque<double> last_;
  double mean_;
};

/// forecast += weight (demand - forecast), weight in (0, 1].
class ExponentialSmoothing {
 public:
  explicit ExponentialSmoothing(double weight, double first = 0.0);
  void observe(double demand);
  [[nodiscard]] double over(double periods) const { return periods * mean_; }

 private:
  double weight_;
  double mean_;
};

/// Best forecast of demand that returns to `mean`, of each deviation a share `rho` (-1 to 1, both shut out) to the next
/// period.
class AutoregressiveForecast {
 public:
  AutoregressiveForecast(double rho, double mean);
  void observe(double demand) { last_ = demand; }
  /// `periods` are whole where `rho` is negative.
  [[nodiscard]] double over(double periods) const;

 private:
  double rho_;
  double mean_;
  double last_;
};

using DemandForecast = std::variant<MovingAverage, ExponentialSmoothing, AutoregressiveForecast>;

}  // namespace chokepoint::models
