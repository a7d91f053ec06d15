#include "models/market/demand_forecast.hpp"

#include <cmath>
#include <numeric>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

MovingAverage::MovingAverage(std::size_t periods, double first) : periods_(periods), mean_(first) {
  expects(periods >= 1, "a moving average has at least one period");
}

void MovingAverage::observe(double demand) {
  last_.push_back(demand);
  if (last_.size() > periods_) last_.pop_front();
  mean_ = std::accumulate(last_.begin(), last_.end(), 0.0) / static_cast<double>(last_.size());
}

ExponentialSmoothing::ExponentialSmoothing(double weight, double first) : weight_(weight), mean_(first) {
  expects(weight > 0.0 && weight <= 1.0, "the weight of the newest demand lies above 0 and at most at 1");
}

void ExponentialSmoothing::observe(double demand) {
  mean_ += weight_ * (demand - mean_);
}

AutoregressiveForecast::AutoregressiveForecast(double rho, double mean) : rho_(rho), mean_(mean), last_(mean) {
  expects(std::abs(rho) < 1.0, "demand returns to its mean");
}

double AutoregressiveForecast::over(double periods) const {
  return periods * mean_ + rho_ * (1.0 - std::pow(rho_, periods)) / (1.0 - rho_) * (last_ - mean_);
}

}  // namespace chokepoint::models
