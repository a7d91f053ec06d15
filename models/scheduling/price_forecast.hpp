#pragma once

#include <functional>
#include <vector>

namespace chokepoint::models {

/// What energy will cost, as a tariff tells it ahead: a step function of the date, summed as far as anybody asks.
/// Seconds as the scheduler counts them; `price_at` gives the price of a kWh, which is constant from one multiple of
/// `step_s` > 0 after `first_step_s` to the next. Leaves out tiers and demand.
class PriceForecast {
 public:
  struct Source {
    std::function<double(double)> price_at;
    double step_s = 3600.0;
    /// At most 0: where the step that holds second 0 began.
    double first_step_s = 0.0;
  };

  explicit PriceForecast(Source source) : source_(std::move(source)) {}

  /// Integral of the price over time, from 0 <= `from_s` <= `until_s`: price seconds. O(log k) in the changes of price.
  [[nodiscard]] double cost(double from_s, double until_s);
  /// Dates after `after_s` and up to `until_s` at which the price changes, in rising order, added to `dates`.
  void changes(double after_s, double until_s, std::vector<double>& dates);

 private:
  struct Span {
    double from_s;
    double price;
    /// From the first span to this.
    double cost_before;
  };
  void know_until(double date_s);
  [[nodiscard]] double cost_until(double date_s) const;

  Source source_;
  std::vector<Span> spans_{};
  double steps_known_ = 0.0;
};

}  // namespace chokepoint::models
