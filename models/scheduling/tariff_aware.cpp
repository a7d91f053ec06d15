#include "models/scheduling/tariff_aware.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace chokepoint::models {
namespace {

/// Costs that differ by less of their size are equal.
constexpr double rounding = 1e-9;

}  // namespace

double TariffAware::best_start_s(const WaitingJob& job, double now_s, PriceForecast& prices) const {
  const double latest_s = job.submit_s + patience_s_;
  if (latest_s <= now_s) return now_s;
  // The cost is linear in the date of the start but where it or the end crosses a change of price.
  std::vector<double> dates{latest_s};
  prices.changes(now_s, latest_s, dates);
  const std::size_t ends = dates.size();
  prices.changes(now_s + job.duration_s, latest_s + job.duration_s, dates);
  for (std::size_t i = ends; i < dates.size(); ++i) dates[i] -= job.duration_s;
  std::ranges::sort(dates);

  const double now_cost = prices.cost(now_s, now_s + job.duration_s);
  const double equal = rounding * std::abs(now_cost);
  double best_s = now_s;
  double best_cost = now_cost;
  for (const double date_s : dates) {
    if (!(date_s > now_s)) continue;
    const double cost = prices.cost(date_s, date_s + job.duration_s);
    if (cost < best_cost - equal) {
      best_s = date_s;
      best_cost = cost;
    }
  }
  return now_cost - best_cost > least_saving_ * std::abs(now_cost) ? best_s : now_s;
}

void TariffAware::decide(DecisionRound& round) const {
  for (auto position = round.queue().begin(); position != round.queue().end(); ++position) {
    if (round.prices() != nullptr) {
      const double best_s = best_start_s(position->job, round.now_s(), *round.prices());
      if (best_s > round.now_s()) {
        round.ask_again_at(best_s);
        continue;
      }
    }
    if (!round.start(position)) return;
  }
}

}  // namespace chokepoint::models
