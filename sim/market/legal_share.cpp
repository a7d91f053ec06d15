#include "sim/market/legal_share.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

bool names(const std::vector<std::string>& list, const std::string& name) {
  return std::ranges::find(list, name) != list.end();
}

double day_number(std::chrono::local_days day) {
  return static_cast<double>(day.time_since_epoch().count());
}

/// One way in which a rule may go, as it is believed: it bars goods on [effective, end).
struct Branch {
  double chance = 0.0;
  double effective = 0.0;
  double end = HUGE_VAL;
};

/// A rule that bars the flow in some branches; in the rest of the chance it never does. Days are numbers.
struct BelievedRule {
  std::vector<Branch> branches;
  std::vector<const ReliefWindow*> reliefs;

  [[nodiscard]] double relief(double day) const {
    double share = 0.0;
    for (const ReliefWindow* window : reliefs)
      if (day >= day_number(window->from) && day < day_number(window->until)) share = std::max(share, window->share);
    return share;
  }
  [[nodiscard]] double legal(double day) const {
    double barred = 0.0;
    for (const Branch& branch : branches)
      if (day >= branch.effective && day < branch.end) barred += branch.chance;
    return 1.0 - std::min(barred, 1.0) * (1.0 - relief(day));
  }
};

std::vector<const ReliefWindow*> known_reliefs(const ShockSpec& spec, const std::string& product,
                                               std::chrono::local_days day) {
  std::vector<const ReliefWindow*> known;
  for (const ReliefWindow& window : spec.reliefs)
    if (day >= window.announced && (window.products.empty() || names(window.products, product)))
      known.push_back(&window);
  return known;
}

const ShockCourse* rumour_of(std::span<const ShockCourse> shocks, const ShockSpec& rule, std::chrono::local_days day) {
  const ShockCourse* last = nullptr;
  for (const ShockCourse& shock : shocks) {
    const ShockSpec& rumour = shock.spec();
    if (rumour.kind != ShockKind::rumour || rumour.about != rule.name || !shock.is_in_force(day)) continue;
    if (last == nullptr || rumour.announced > last->spec().announced) last = &shock;
  }
  return last;
}

BelievedRule believed_rule(std::span<const ShockCourse> shocks, const ShockCourse& shock, const GoodsFlow& flow,
                           std::chrono::local_days day) {
  BelievedRule rule{.branches = {}, .reliefs = known_reliefs(shock.spec(), flow.product, day)};
  if (shock.is_announced(day)) {
    const auto end = shock.known_end(day);
    for (const BelievedDate& date : shock.belief(day))
      if (date.effective)
        rule.branches.push_back({.chance = date.chance,
                                 .effective = day_number(*date.effective),
                                 .end = end ? day_number(*end) : HUGE_VAL});
  } else if (const ShockCourse* rumour = rumour_of(shocks, shock.spec(), day)) {
    rule.branches.push_back({.chance = rumour->spec().size, .effective = day_number(day) + rumour->spec().notice_days});
  }
  return rule;
}

/// The days between `from` and `to` at which the legal share of one of `rules` may change, with both ends, in order.
std::vector<double> breaks_of(const std::vector<BelievedRule>& rules, double from, double to) {
  std::vector<double> breaks{from, to};
  const auto add = [&](double day) {
    if (day > from && day < to) breaks.push_back(day);
  };
  for (const BelievedRule& rule : rules) {
    for (const Branch& branch : rule.branches) {
      add(branch.effective);
      add(branch.end);
    }
    for (const ReliefWindow* window : rule.reliefs) {
      add(day_number(window->from));
      add(day_number(window->until));
    }
  }
  std::ranges::sort(breaks);
  return breaks;
}

}  // namespace

bool meets(const ShockTarget& target, const GoodsFlow& flow) {
  if (!target.regions.empty() && !names(target.regions, flow.to)) return false;
  if (!target.from.empty() && !names(target.from, flow.from)) return false;
  if (target.products.empty() && target.rule.clauses.empty()) return true;
  if (names(target.products, flow.product)) return true;
  return flow.accelerator != nullptr && target.rule.covers(*flow.accelerator).value_or(false);
}

double legal_now(std::span<const ShockCourse> shocks, const GoodsFlow& flow, std::chrono::local_days day) {
  double share = 1.0;
  for (const ShockCourse& shock : shocks) {
    if (!shock.spec().bars_goods() || !shock.is_in_force(day) || !meets(shock.spec().target, flow)) continue;
    const BelievedRule rule{.branches = {{.chance = 1.0, .effective = day_number(day)}},
                            .reliefs = known_reliefs(shock.spec(), flow.product, day)};
    share *= rule.legal(day_number(day));
  }
  return share;
}

double legal_share(std::span<const ShockCourse> shocks, const GoodsFlow& flow, std::chrono::local_days day,
                   double horizon_days) {
  models::expects(horizon_days > 0.0, "a share of days needs a horizon above 0");
  std::vector<BelievedRule> rules;
  for (const ShockCourse& shock : shocks) {
    if (!shock.spec().bars_goods() || !meets(shock.spec().target, flow)) continue;
    BelievedRule rule = believed_rule(shocks, shock, flow, day);
    if (!rule.branches.empty()) rules.push_back(std::move(rule));
  }
  if (rules.empty()) return 1.0;
  const std::vector<double> breaks = breaks_of(rules, day_number(day), day_number(day) + horizon_days);
  double legal_days = 0.0;
  for (std::size_t i = 0; i + 1 < breaks.size(); ++i) {
    double legal = 1.0;
    for (const BelievedRule& rule : rules) legal *= rule.legal(breaks[i]);
    legal_days += legal * (breaks[i + 1] - breaks[i]);
  }
  return std::clamp(legal_days / horizon_days, 0.0, 1.0);
}

}  // namespace chokepoint::sim
