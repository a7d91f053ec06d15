#pragma once

#include "models/market/demand_forecast.hpp"

namespace chokepoint::models {

/// Stock on hand and on order, less what is owed, in goods.
struct StockPosition {
  double on_hand = 0.0;
  double on_order = 0.0;
  double backlog = 0.0;
};

/// Orders so that the stock position covers the demand expected over `cover_periods` (lead time, and the review period
/// where it is counted). May be negative: goods go back, as the theory of the bullwhip takes it (Lee, Padmanabhan &
/// Whang 1997; Chen et al. 2000).
class OrderUpTo {
 public:
  OrderUpTo(DemandForecast forecast, double cover_periods);

  /// From now on, where the lead time changed.
  void cover(double periods);
  /// After the period's `demand` was met or owed, which `position` has in it.
  double order(double demand, const StockPosition& position);

 private:
  DemandForecast forecast_;
  double cover_periods_ = 0.0;
};

/// Anchoring and adjustment, as people order from a supply line (Sterman 1989, "Modeling managerial behavior"):
/// max(0, expected demand + adjustment (desired stock - stock - weight * on order)). A pipeline weight under 1 forgets
/// goods that are under way; people's is about .34. `desired_stock` counts the weighted pipeline in.
struct StockManagement {
  double adjustment = 0.26;
  double pipeline_weight = 0.34;
  double desired_stock = 0.0;

  [[nodiscard]] double order(double expected_demand, const StockPosition& position) const;
};

}  // namespace chokepoint::models
