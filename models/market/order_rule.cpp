#include "models/market/order_rule.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

OrderUpTo::OrderUpTo(DemandForecast forecast, double cover_periods) : forecast_(std::move(forecast)) {
  cover(cover_periods);
}

void OrderUpTo::cover(double periods) {
  expects(periods >= 0.0, "orders cover no negative time");
  cover_periods_ = periods;
}

double OrderUpTo::order(double demand, const StockPosition& position) {
  const double level = std::visit(
      [&](auto& forecast) {
        forecast.observe(demand);
        return forecast.over(cover_periods_);
      },
      forecast_);
  return level - (position.on_hand + position.on_order - position.backlog);
}

double StockManagement::order(double expected_demand, const StockPosition& position) const {
  const double stock = position.on_hand - position.backlog;
  return std::max(0.0, expected_demand + adjustment * (desired_stock - stock - pipeline_weight * position.on_order));
}

}  // namespace chokepoint::models
