#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <Eigen/Core>

namespace chokepoint::models {

/// Buyers who see products alike, and the compute that they still want at a cost a unit of it: a buyer to whom compute
/// is worth `value` wants `fixed + spend cost^-elasticity` at any cost up to it and nothing above. A buyer of a given
/// need is all `fixed`; one who holds h and would hold k cost^-elasticity has `spend` k, `fixed` -h and `value`
/// (k / h)^(1 / elasticity). Arrays by buyer; values are positive and finite, wants not negative. A query costs O(n),
/// without a power a buyer.
class DemandCurve {
 public:
  explicit DemandCurve(double elasticity = 0.0);
  void set(Eigen::ArrayXd value, Eigen::ArrayXd fixed, Eigen::ArrayXd spend);
  /// Buyers who hold `held`, at least 0, and would hold spend cost^-elasticity, with an elasticity above 0. Who holds
  /// less than `least`, above 0, is taken to hold that: else nothing bounds what the first unit is worth.
  void set_holders(const Eigen::ArrayXd& held, const Eigen::ArrayXd& spend, double least);

  [[nodiscard]] double wanted_at(double cost) const;
  /// 0 where there are no buyers.
  [[nodiscard]] double highest_value() const { return highest_value_; }

 private:
  double elasticity_;
  /// Empty for holders: what they want ends by itself at their value.
  Eigen::ArrayXd value_;
  Eigen::ArrayXd fixed_, spend_;
  double highest_value_ = 0.0;
};

/// A group of buyers beside others: what a good of each product is worth to it, in units of compute, 0 where it is of
/// no use.
struct ScarcityGroup {
  const DemandCurve* demand = nullptr;
  Eigen::ArrayXd effective;
};

/// Goods by product that a horizon offers: stock and arrivals that are expected to be legal.
struct ScarcityTerms {
  Eigen::ArrayXd supply;
  /// What is offered less of than this counts as this many goods: what nobody offers has no price of its own.
  double least_supply = 1.0;
  /// How sharply groups turn to what is cheaper a unit of compute: shares go with cost^-sharpness.
  double sharpness = 8.0;
  std::size_t most_steps = 25;
  /// Largest relative excess of any product at which prices are taken as found.
  double tolerance = 1e-3;
};

struct ScarcityValue {
  /// Of a good, by product; never above what it is worth to any buyer.
  Eigen::ArrayXd price;
  std::size_t steps = 0;
  /// Largest relative excess demand or supply of a product that is scarce, against the level of all.
  double excess = 0.0;
};

/// The joint price of substitutes at which the demand of a horizon equals its supply (this project's own; a tatonnement
/// after Walras). Each step finds the level of all prices at which the compute that is wanted meets what is offered,
/// and moves relative prices by (demand / supply)^(1 / sharpness). One group takes two or three steps: its shares are
/// those of supply. `start`, the price before, has a positive entry for each product. Where supply exceeds every want,
/// prices end at `lowest` (positive, by product). A step costs O(groups (products + n)).
class ScarcityMarket {
 public:
  /// Holds until the next call: its memory is kept for it.
  const ScarcityValue& value(std::span<const ScarcityGroup> groups, const ScarcityTerms& terms,
                             const Eigen::ArrayXd& start, const Eigen::ArrayXd& lowest);

 private:
  /// Wants exceed what is offered at `low` and not at `high`.
  struct Level {
    double low = 1.0;
    double high = 1.0;
  };

  void open(std::span<const ScarcityGroup> groups, const ScarcityTerms& terms, const Eigen::ArrayXd& start,
            const Eigen::ArrayXd& lowest);
  /// Within their bounds; and what groups take then: shares of products within each, and its cost a unit of compute.
  void bound_prices();
  /// Puts prices where wants meet what is offered, all moved alike.
  void clear();
  /// Logarithm of the goods that are wanted, by product, after `clear`; that of nothing is very small.
  void weigh_wants();
  /// Worth of what is wanted less that of what is offered, both at the prices, all prices times `level`.
  [[nodiscard]] double excess_worth(double level) const;
  [[nodiscard]] Level clearing_level() const;
  void narrow(Level& level, double above, double below) const;

  std::span<const ScarcityGroup> groups_;
  double sharpness_ = 0.0;
  double worth_offered_ = 0.0;
  /// By product; `worth_` and `weights_` within a group.
  Eigen::ArrayXd supply_, lowest_, highest_, worth_, weights_, log_wanted_, log_ratio_, ratio_;
  /// By group: logarithms of the shares of products, the cost of a unit of compute, and what of it is wanted.
  std::vector<Eigen::ArrayXd> log_shares_;
  std::vector<double> costs_, compute_;
  ScarcityValue result_;
};
ScarcityValue scarcity_value(std::span<const ScarcityGroup> groups, const ScarcityTerms& terms,
                             const Eigen::ArrayXd& start, const Eigen::ArrayXd& lowest);

}  // namespace chokepoint::models
