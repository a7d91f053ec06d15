#include "sim/market/trade_rules.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {

bool TradeRules::known(const TradeStop& stop, Lane lane, std::int64_t today) {
  return stop.product == lane.product && stop.region == lane.region && stop.announced_day <= today &&
         today < stop.forgotten_day;
}

bool TradeRules::legal(Lane lane, std::int64_t day) const {
  return std::ranges::none_of(stops_, [&](const TradeStop& stop) {
    return stop.in_force && stop.product == lane.product && stop.region == lane.region && stop.effective_day <= day &&
           day < stop.end_day;
  });
}

double TradeRules::legal_share(Lane lane, std::int64_t today, double days) const {
  models::expects(days > 0.0, "a share is of some time");
  const auto from = static_cast<double>(today);
  std::vector<std::pair<double, double>> stopped;
  for (const TradeStop& stop : stops_)
    if (known(stop, lane, today))
      stopped.emplace_back(std::max(from, static_cast<double>(stop.effective_day)),
                           std::min(from + days, static_cast<double>(stop.end_day)));
  std::ranges::sort(stopped);
  double illegal = 0.0;
  double until = from;
  for (const auto& [begin, end] : stopped) {
    illegal += std::max(0.0, end - std::max(begin, until));
    until = std::max(until, end);
  }
  return std::clamp(1.0 - illegal / days, 0.0, 1.0);
}

bool TradeRules::legal_after(Lane lane, std::int64_t today, double days) const {
  const double date = static_cast<double>(today) + days;
  return std::ranges::none_of(stops_, [&](const TradeStop& stop) {
    return known(stop, lane, today) && static_cast<double>(stop.effective_day) <= date &&
           date < static_cast<double>(stop.end_day);
  });
}

}  // namespace chokepoint::sim
