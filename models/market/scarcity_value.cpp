#include "models/market/scarcity_value.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

DemandCurve::DemandCurve(double elasticity) : elasticity_(elasticity) {
  expects(elasticity >= 0.0, "demand does not rise with its price");
}

void DemandCurve::set(Eigen::ArrayXd value, Eigen::ArrayXd fixed, Eigen::ArrayXd spend) {
  expects(value.size() == fixed.size() && value.size() == spend.size(), "each buyer has a value and a want");
  highest_value_ = value.size() > 0 ? value.maxCoeff() : 0.0;
  value_ = std::move(value);
  fixed_ = std::move(fixed);
  spend_ = std::move(spend);
}

void DemandCurve::set_holders(const Eigen::ArrayXd& held, const Eigen::ArrayXd& spend, double least) {
  expects(elasticity_ > 0.0 && least > 0.0, "holders want more where it costs less");
  expects(held.size() == spend.size(), "each buyer has a stock and a want");
  value_.resize(0);
  fixed_ = -held.max(least);
  spend_ = spend;
  highest_value_ = held.size() > 0 ? std::pow(-(spend_ / fixed_).minCoeff(), 1.0 / elasticity_) : 0.0;
}

double DemandCurve::wanted_at(double cost) const {
  const double power = std::pow(cost, -elasticity_);
  if (value_.size() == 0) return (fixed_ + power * spend_).max(0.0).sum();
  double wanted = 0.0;
  for (Eigen::Index i = 0; i < value_.size(); ++i)
    if (value_[i] >= cost) wanted += fixed_[i] + power * spend_[i];
  return std::max(0.0, wanted);
}

void ScarcityMarket::open(std::span<const ScarcityGroup> groups, const ScarcityTerms& terms,
                          const Eigen::ArrayXd& start, const Eigen::ArrayXd& lowest) {
  groups_ = groups;
  sharpness_ = terms.sharpness;
  supply_ = terms.supply.max(terms.least_supply);
  lowest_ = lowest;
  highest_ = lowest;
  for (const ScarcityGroup& group : groups) highest_ = highest_.max(group.demand->highest_value() * group.effective);
  log_shares_.resize(groups.size());
  costs_.assign(groups.size(), 0.0);
  compute_.assign(groups.size(), 0.0);
  result_.price = start;
  result_.steps = 0;
  result_.excess = 0.0;
  bound_prices();
}

void ScarcityMarket::bound_prices() {
  Eigen::ArrayXd& price = result_.price;
  price = price.max(lowest_).min(highest_);
  worth_offered_ = (price * supply_).sum();
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    worth_ = groups_[g].effective / price;
    const double most = worth_.maxCoeff();
    if (most <= 0.0) {
      costs_[g] = 0.0;
      continue;
    }
    log_shares_[g] = sharpness_ * (worth_ / most).log();
    weights_ = log_shares_[g].exp();
    const double sum = weights_.sum();
    log_shares_[g] -= std::log(sum);
    costs_[g] = (worth_ > 0.0).select(weights_ / worth_, 0.0).sum() / sum;
  }
}

double ScarcityMarket::excess_worth(double level) const {
  double wanted = 0.0;
  for (std::size_t g = 0; g < groups_.size(); ++g)
    if (costs_[g] > 0.0) wanted += costs_[g] * groups_[g].demand->wanted_at(level * costs_[g]);
  return wanted - worth_offered_;
}

void ScarcityMarket::clear() {
  const Level level = clearing_level();
  result_.price *= level.high;
  bound_prices();
  // At a price where a buyer is in doubt it takes part of its want.
  const double ratio = level.low / level.high;
  const bool in_doubt = ratio < 1.0;
  double at_high = 0.0;
  double at_low = 0.0;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    compute_[g] = costs_[g] > 0.0 ? groups_[g].demand->wanted_at(costs_[g]) : 0.0;
    at_high += costs_[g] * compute_[g];
    if (in_doubt && costs_[g] > 0.0) at_low += costs_[g] * groups_[g].demand->wanted_at(ratio * costs_[g]);
  }
  if (at_low <= at_high || worth_offered_ <= at_high) return;
  const double part = std::min(1.0, (worth_offered_ - at_high) / (at_low - at_high));
  for (std::size_t g = 0; g < groups_.size(); ++g)
    if (costs_[g] > 0.0) compute_[g] += part * (groups_[g].demand->wanted_at(ratio * costs_[g]) - compute_[g]);
}

void ScarcityMarket::weigh_wants() {
  constexpr double nothing = -1e6;
  log_wanted_.resize(supply_.size());
  for (Eigen::Index k = 0; k < log_wanted_.size(); ++k) {
    const auto term = [&](std::size_t g) {
      if (compute_[g] <= 0.0 || groups_[g].effective[k] <= 0.0) return nothing;
      return std::log(compute_[g] / groups_[g].effective[k]) + log_shares_[g][k];
    };
    double most = nothing;
    for (std::size_t g = 0; g < groups_.size(); ++g) most = std::max(most, term(g));
    double sum = 0.0;
    for (std::size_t g = 0; g < groups_.size(); ++g) sum += std::exp(term(g) - most);
    log_wanted_[k] = most + std::log(sum);
  }
}

ScarcityMarket::Level ScarcityMarket::clearing_level() const {
  const double lowest = 1.0 / std::max(1.0, (result_.price / lowest_).maxCoeff());
  const double highest = std::max(1.0, (highest_ / result_.price).maxCoeff());
  Level level;
  double factor = 1.005;
  // Excess worth at both ends, where they are known.
  double above = excess_worth(1.0);
  double below = above;
  if (above > 0.0) {
    while (level.high < highest && below > 0.0) {
      above = below;
      level.low = level.high;
      level.high *= factor;
      factor *= factor;
      below = excess_worth(level.high);
    }
  } else {
    while (level.low > lowest && above <= 0.0) {
      below = above;
      level.high = level.low;
      level.low /= factor;
      factor *= factor;
      above = excess_worth(level.low);
    }
  }
  if (below > 0.0)
    level.low = level.high;
  else if (above <= 0.0)
    level.high = level.low;
  else
    narrow(level, above, below);
  return level;
}

/// By the secant of logarithms, an end that stays twice counting half (the Illinois method; Dowell & Jarratt 1971),
/// and by bisection where that does not halve the bracket: wants may fall in steps.
void ScarcityMarket::narrow(Level& level, double above, double below) const {
  constexpr double precision = 1e-7;
  constexpr double balance = 1e-6;
  double low = std::log(level.low);
  double high = std::log(level.high);
  bool halved = true;
  int stayed = 0;
  while (high - low > precision) {
    const double width = high - low;
    const double secant =
        std::clamp((low * below - high * above) / (below - above), low + 0.01 * precision, high - 0.01 * precision);
    const double middle = halved ? secant : 0.5 * (low + high);
    const double excess = excess_worth(std::exp(middle));
    if (excess > 0.0) {
      low = middle;
      above = excess;
      if (stayed > 0) below *= 0.5;
      stayed = 1;
    } else {
      high = middle;
      below = excess;
      if (stayed < 0) above *= 0.5;
      stayed = -1;
    }
    halved = high - low < 0.5 * width;
    // Where nothing is in excess over a range of prices, the least of them counts.
    if (excess != 0.0 && std::abs(excess) <= balance * worth_offered_) low = high = middle;
  }
  level.low = std::exp(low);
  level.high = std::exp(high);
}

const ScarcityValue& ScarcityMarket::value(std::span<const ScarcityGroup> groups, const ScarcityTerms& terms,
                                           const Eigen::ArrayXd& start, const Eigen::ArrayXd& lowest) {
  const Eigen::Index products = start.size();
  expects(terms.supply.size() == products && lowest.size() == products, "each product has a supply and a lowest price");
  expects((start > 0.0).all() && (lowest > 0.0).all(), "prices are positive");
  expects((terms.supply >= 0.0).all() && terms.least_supply > 0.0 && terms.sharpness > 0.0, "goods are not negative");
  for (const ScarcityGroup& group : groups)
    expects(group.demand != nullptr && group.effective.size() == products, "a group knows what each product is worth");
  open(groups, terms, start, lowest);
  if (products == 0) return result_;

  const Eigen::ArrayXd& price = result_.price;
  while (result_.steps < terms.most_steps) {
    ++result_.steps;
    clear();
    weigh_wants();
    const double worth = (price * log_wanted_.exp()).sum();
    if (worth <= 0.0) break;
    const double level = worth / (price * supply_).sum();
    log_ratio_ = log_wanted_ - (supply_ * level).log();
    ratio_ = log_ratio_.exp();
    result_.excess = 0.0;
    for (Eigen::Index k = 0; k < products; ++k) {
      const bool at_rest = (ratio_[k] < 1.0 && price[k] <= lowest_[k]) || (ratio_[k] > 1.0 && price[k] >= highest_[k]);
      if (!at_rest) result_.excess = std::max(result_.excess, std::abs(ratio_[k] - 1.0));
    }
    if (result_.excess <= terms.tolerance || result_.steps == terms.most_steps) break;
    result_.price *= (log_ratio_ / sharpness_).exp();
    bound_prices();
  }
  return result_;
}

ScarcityValue scarcity_value(std::span<const ScarcityGroup> groups, const ScarcityTerms& terms,
                             const Eigen::ArrayXd& start, const Eigen::ArrayXd& lowest) {
  return ScarcityMarket().value(groups, terms, start, lowest);
}

}  // namespace chokepoint::models
