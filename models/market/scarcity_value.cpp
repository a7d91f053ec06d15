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

namespace {

/// What groups take at prices: shares of products within each group, and its cost a unit of compute.
class ScarcityMarket {
 public:
  ScarcityMarket(std::span<const ScarcityGroup> groups, const ScarcityTerms& terms, const Eigen::ArrayXd& lowest)
      : groups_(groups), terms_(terms), lowest_(lowest), log_shares_(groups.size()), costs_(groups.size(), 0.0) {
    highest_ = Eigen::ArrayXd::Zero(lowest.size());
    for (const ScarcityGroup& group : groups) highest_ = highest_.max(group.demand->highest_value() * group.effective);
    highest_ = highest_.max(lowest);
    terms_.supply = terms.supply.max(terms.least_supply);
  }

  [[nodiscard]] const Eigen::ArrayXd& supply() const { return terms_.supply; }

  [[nodiscard]] const Eigen::ArrayXd& price() const { return price_; }
  [[nodiscard]] bool at_lowest(Eigen::Index k) const { return price_[k] <= lowest_[k]; }
  [[nodiscard]] bool at_highest(Eigen::Index k) const { return price_[k] >= highest_[k]; }
  [[nodiscard]] Eigen::ArrayXd bounded(const Eigen::ArrayXd& price) const { return price.max(lowest_).min(highest_); }

  void set(const Eigen::ArrayXd& price) {
    price_ = price;
    worth_offered_ = (price_ * terms_.supply).sum();
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      worth_ = groups_[g].effective / price;
      const double most = worth_.maxCoeff();
      if (most <= 0.0) {
        costs_[g] = 0.0;
        continue;
      }
      log_shares_[g] = terms_.sharpness * (worth_ / most).log();
      weights_ = log_shares_[g].exp();
      const double sum = weights_.sum();
      log_shares_[g] -= std::log(sum);
      costs_[g] = (worth_ > 0.0).select(weights_ / worth_, 0.0).sum() / sum;
    }
  }

  /// Worth of what is wanted less that of what is offered, both at the prices, all prices times `level`.
  [[nodiscard]] double excess_worth(double level) const {
    double wanted = 0.0;
    for (std::size_t g = 0; g < groups_.size(); ++g)
      if (costs_[g] > 0.0) wanted += costs_[g] * groups_[g].demand->wanted_at(level * costs_[g]);
    return wanted - worth_offered_;
  }

  /// Puts prices where wants meet what is offered, all moved alike.
  void clear() {
    const Level level = clearing_level();
    set(bounded(price_ * level.high));
    // At a price where a buyer is in doubt it takes part of its want.
    compute_.resize(groups_.size());
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

  /// Logarithm of the goods that are wanted, by product, after `clear`; that of nothing is very small.
  [[nodiscard]] Eigen::ArrayXd log_goods_wanted() const {
    constexpr double nothing = -1e6;
    Eigen::ArrayXd goods(price_.size());
    for (Eigen::Index k = 0; k < goods.size(); ++k) {
      const auto term = [&](std::size_t g) {
        if (compute_[g] <= 0.0 || groups_[g].effective[k] <= 0.0) return nothing;
        return std::log(compute_[g] / groups_[g].effective[k]) + log_shares_[g][k];
      };
      double most = nothing;
      for (std::size_t g = 0; g < groups_.size(); ++g) most = std::max(most, term(g));
      double sum = 0.0;
      for (std::size_t g = 0; g < groups_.size(); ++g) sum += std::exp(term(g) - most);
      goods[k] = most + std::log(sum);
    }
    return goods;
  }

 private:
  /// Wants exceed what is offered at `low` and not at `high`.
  struct Level {
    double low = 1.0;
    double high = 1.0;
  };

  [[nodiscard]] Level clearing_level() const {
    const double lowest = 1.0 / std::max(1.0, (price_ / lowest_).maxCoeff());
    const double highest = std::max(1.0, (highest_ / price_).maxCoeff());
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
  void narrow(Level& level, double above, double below) const {
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

  std::span<const ScarcityGroup> groups_;
  ScarcityTerms terms_;
  const Eigen::ArrayXd& lowest_;
  Eigen::ArrayXd highest_;
  Eigen::ArrayXd price_;
  double worth_offered_ = 0.0;
  std::vector<Eigen::ArrayXd> log_shares_;
  std::vector<double> costs_;
  std::vector<double> compute_;
  /// Of `set`, kept for their memory.
  Eigen::ArrayXd worth_, weights_;
};

}  // namespace

ScarcityValue scarcity_value(std::span<const ScarcityGroup> groups, const ScarcityTerms& terms,
                             const Eigen::ArrayXd& start, const Eigen::ArrayXd& lowest) {
  const Eigen::Index products = start.size();
  expects(terms.supply.size() == products && lowest.size() == products, "each product has a supply and a lowest price");
  expects((start > 0.0).all() && (lowest > 0.0).all(), "prices are positive");
  expects((terms.supply >= 0.0).all() && terms.least_supply > 0.0 && terms.sharpness > 0.0, "goods are not negative");
  for (const ScarcityGroup& group : groups)
    expects(group.demand != nullptr && group.effective.size() == products, "a group knows what each product is worth");
  if (products == 0) return {.price = start};

  ScarcityMarket market(groups, terms, lowest);
  ScarcityValue result;
  market.set(market.bounded(start));
  while (result.steps < terms.most_steps) {
    ++result.steps;
    market.clear();
    const Eigen::ArrayXd log_wanted = market.log_goods_wanted();
    const double worth = (market.price() * log_wanted.exp()).sum();
    if (worth <= 0.0) break;
    const double level = worth / (market.price() * market.supply()).sum();
    const Eigen::ArrayXd log_ratio = log_wanted - (market.supply() * level).log();
    const Eigen::ArrayXd ratio = log_ratio.exp();
    result.excess = 0.0;
    for (Eigen::Index k = 0; k < products; ++k) {
      const bool at_rest = (ratio[k] < 1.0 && market.at_lowest(k)) || (ratio[k] > 1.0 && market.at_highest(k));
      if (!at_rest) result.excess = std::max(result.excess, std::abs(ratio[k] - 1.0));
    }
    if (result.excess <= terms.tolerance || result.steps == terms.most_steps) break;
    market.set(market.bounded(market.price() * (log_ratio / terms.sharpness).exp()));
  }
  result.price = market.price();
  return result;
}

}  // namespace chokepoint::models
