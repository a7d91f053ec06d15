#include "sim/market/legal_share.hpp"

#include <algorithm>
#include <vector>

#include "models/market/trade_restriction.hpp"

namespace chokepoint::sim {
namespace {

using models::TradeRestriction;

bool names(const std::vector<std::string>& list, const std::string& name) {
  return std::ranges::find(list, name) != list.end();
}

double day_number(std::chrono::local_days day) {
  return static_cast<double>(day.time_since_epoch().count());
}

std::vector<TradeRestriction::Relief> known_reliefs(const ShockSpec& spec, const std::string& product,
                                                    std::chrono::local_days day) {
  std::vector<TradeRestriction::Relief> known;
  for (const ReliefWindow& window : spec.reliefs)
    if (day >= window.announced && (window.products.empty() || names(window.products, product)))
      known.push_back({.from = day_number(window.from), .until = day_number(window.until), .share = window.share});
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

std::vector<TradeRestriction::Branch> believed_branches(std::span<const ShockCourse> shocks, const ShockCourse& shock,
                                                        std::chrono::local_days day) {
  std::vector<TradeRestriction::Branch> branches;
  if (shock.is_announced(day)) {
    const auto end = shock.known_end(day);
    for (const BelievedDate& date : shock.belief(day)) {
      if (!date.effective) continue;
      branches.push_back({.chance = date.chance, .effective = day_number(*date.effective)});
      if (end) branches.back().end = day_number(*end);
    }
  } else if (const ShockCourse* rumour = rumour_of(shocks, shock.spec(), day)) {
    branches.push_back({.chance = rumour->spec().size, .effective = day_number(day) + rumour->spec().notice_days});
  }
  return branches;
}

/// What the market believes on `day` to bar the flow.
std::vector<TradeRestriction> believed_restrictions(std::span<const ShockCourse> shocks, const GoodsFlow& flow,
                                                    std::chrono::local_days day) {
  std::vector<TradeRestriction> restrictions;
  for (const ShockCourse& shock : shocks) {
    if (!shock.spec().bars_goods() || !meets(shock.spec().target, flow)) continue;
    auto branches = believed_branches(shocks, shock, day);
    if (branches.empty()) continue;
    restrictions.push_back(
        {.branches = std::move(branches), .reliefs = known_reliefs(shock.spec(), flow.product, day)});
  }
  return restrictions;
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
    const TradeRestriction restriction{.branches = {{.effective = day_number(day)}},
                                       .reliefs = known_reliefs(shock.spec(), flow.product, day)};
    share *= restriction.legal_on(day_number(day));
  }
  return share;
}

double legal_on(std::span<const ShockCourse> shocks, const GoodsFlow& flow, std::chrono::local_days day,
                std::chrono::local_days date) {
  return models::legal_on(believed_restrictions(shocks, flow, day), day_number(date));
}

double legal_share(std::span<const ShockCourse> shocks, const GoodsFlow& flow, std::chrono::local_days day,
                   double horizon_days) {
  return models::legal_share(believed_restrictions(shocks, flow, day), day_number(day), horizon_days);
}

}  // namespace chokepoint::sim
