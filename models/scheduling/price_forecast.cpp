#include "models/scheduling/price_forecast.hpp"

#include <algorithm>

namespace chokepoint::models {

void PriceForecast::know_until(double date_s) {
  for (double from_s = source_.first_step_s + steps_known_ * source_.step_s; from_s <= date_s || spans_.empty();
       from_s = source_.first_step_s + ++steps_known_ * source_.step_s) {
    // The middle of a step, so that rounding of its ends cannot matter.
    const double price = source_.price_at(std::max(0.0, from_s + 0.5 * source_.step_s));
    if (!spans_.empty() && spans_.back().price == price) continue;
    const double cost_before =
        spans_.empty() ? 0.0 : spans_.back().cost_before + spans_.back().price * (from_s - spans_.back().from_s);
    spans_.push_back({.from_s = from_s, .price = price, .cost_before = cost_before});
  }
}

double PriceForecast::cost_until(double date_s) const {
  const auto after = std::ranges::upper_bound(spans_, date_s, {}, &Span::from_s);
  const Span& span = after == spans_.begin() ? spans_.front() : *std::prev(after);
  return span.cost_before + span.price * (date_s - span.from_s);
}

double PriceForecast::cost(double from_s, double until_s) {
  know_until(until_s);
  return cost_until(until_s) - cost_until(from_s);
}

void PriceForecast::changes(double after_s, double until_s, std::vector<double>& dates) {
  know_until(until_s);
  for (auto span = std::ranges::upper_bound(spans_, after_s, {}, &Span::from_s);
       span != spans_.end() && span->from_s <= until_s; ++span)
    dates.push_back(span->from_s);
}

}  // namespace chokepoint::models
