#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <Eigen/Core>

namespace chokepoint::models {

/// Buyers who see products alike, and the compute that they still want at a cost a unit of it: a buyer to whom compute
/// is worth `value` wants `fixed + spend cost^-elasticity` at any cost up to it and nothing above. A buyer of a given
/// need is all `fixed`; one who holds h and would hold k cost^-elasticity has `spend` k, `fixed` -h and `value`
/// (k / h)^(1 / elasticity). Arrays by buyer; values are positive and finite, wants not negative. O(n log n) where the
/// order of values changed since the last set, O(n) where it did not; a query O(log n).
class DemandCurve {
 public:
  explicit DemandCurve(double elasticity = 0.0);
  void set(const Eigen::ArrayXd& value, const Eigen::ArrayXd& fixed, const Eigen::ArrayXd& spend);
  /// Buyers who hold `held`, at least 0, and would hold spend cost^-elasticity, with an elasticity above 0: the same
  /// with the value (spend / held)^(1 / elasticity), where who holds less than `least`, above 0, is taken to hold that.
  /// No power is computed a buyer.
  void set_holders(const Eigen::ArrayXd& held, const Eigen::ArrayXd& spend, double least);

  [[nodiscard]] double wanted_at(double cost) const;
  /// 0 where there are no buyers.
  [[nodiscard]] double highest_value() const;

 private:
  void arrange(const Eigen::ArrayXd& key, const Eigen::ArrayXd& fixed, const Eigen::ArrayXd& spend);

  double elasticity_;
  /// Buyers in order of value, the highest first, and the key of each: its value to the power of `key_power_`.
  std::vector<std::size_t> by_key_;
  std::vector<double> keys_;
  double key_power_ = 1.0;
  /// Sums over the buyers before.
  std::vector<double> fixed_, spend_;
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
/// after Walras). Each step sets the level of all prices by bisection, where the compute that is wanted meets the
/// compute that is offered, and moves relative prices by (demand / supply)^(1 / sharpness). One group takes two or
/// three steps: its shares are those of supply. `start`, the price before, has a positive entry for each product. Where
/// supply exceeds every want, prices end at `lowest` (positive, by product). A step costs O(groups products + groups
/// log n).
ScarcityValue scarcity_value(std::span<const ScarcityGroup> groups, const ScarcityTerms& terms,
                             const Eigen::ArrayXd& start, const Eigen::ArrayXd& lowest);

}  // namespace chokepoint::models
