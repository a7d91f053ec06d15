#pragma once

namespace chokepoint::models {

/// One order for a season whose demand is normal, with what each good too few and each too many costs: `underage`
/// (margin lost) and `overage` (cost less what is left over brings), both positive, in any one currency (Arrow, Harris
/// & Marschak 1951).
struct Newsvendor {
  double mean_demand = 0.0;
  double demand_sd = 0.0;
  double underage = 0.0;
  double overage = 0.0;

  /// The order that costs least on average: demand's quantile at underage / (underage + overage).
  [[nodiscard]] double best_order() const;
  /// Goods asked for and not there, on average, of an order of `quantity`.
  [[nodiscard]] double lost_sales(double quantity) const;
  [[nodiscard]] double left_over(double quantity) const;
};

}  // namespace chokepoint::models
