#include "models/market/trade_restriction.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

/// The days between `from` and `to` at which what is free may change, with both ends, in order.
std::vector<double> changes_between(std::span<const TradeRestriction> restrictions, double from, double to) {
  std::vector<double> days{from, to};
  const auto add = [&](double day) {
    if (day > from && day < to) days.push_back(day);
  };
  for (const TradeRestriction& restriction : restrictions) {
    for (const TradeRestriction::Branch& branch : restriction.branches) {
      add(branch.effective);
      add(branch.end);
    }
    for (const TradeRestriction::Relief& relief : restriction.reliefs) {
      add(relief.from);
      add(relief.until);
    }
  }
  std::ranges::sort(days);
  return days;
}

}  // namespace

double TradeRestriction::legal_on(double day) const {
  double barred = 0.0;
  for (const Branch& branch : branches)
    if (day >= branch.effective && day < branch.end) barred += branch.chance;
  double relieved = 0.0;
  for (const Relief& relief : reliefs)
    if (day >= relief.from && day < relief.until) relieved = std::max(relieved, relief.share);
  return 1.0 - std::min(barred, 1.0) * (1.0 - relieved);
}

double legal_on(std::span<const TradeRestriction> restrictions, double day) {
  double legal = 1.0;
  for (const TradeRestriction& restriction : restrictions) legal *= restriction.legal_on(day);
  return legal;
}

double legal_share(std::span<const TradeRestriction> restrictions, double from, double days) {
  expects(days > 0.0, "a share of days needs a horizon above 0");
  if (restrictions.empty()) return 1.0;
  const std::vector<double> changes = changes_between(restrictions, from, from + days);
  double legal_days = 0.0;
  for (std::size_t i = 0; i + 1 < changes.size(); ++i)
    legal_days += legal_on(restrictions, changes[i]) * (changes[i + 1] - changes[i]);
  return std::clamp(legal_days / days, 0.0, 1.0);
}

}  // namespace chokepoint::models
