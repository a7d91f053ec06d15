#pragma once

#include <limits>

#include <Eigen/Core>

namespace chokepoint::models {

/// What a buyer may take in place of another: one good of each product, as it is worth to that buyer.
struct Substitutes {
  /// What a unit of effective compute is worth to the buyer, in the money of the prices.
  double value = 0.0;
  /// Effective compute of a good, by product; 0 where it is of no use.
  Eigen::ArrayXd effective;
  /// Of a good, with what it costs to move to it; positive.
  Eigen::ArrayXd price;
};

/// Share of a buyer's need that each product takes: x^sharpness over 1 plus the sum of all, where x is worth over price
/// (McFadden 1974, in logarithms). What is left over is not bought. With growing sharpness the product that is worth
/// most a unit of money takes all where it is worth its price, and nothing is bought where none is.
Eigen::ArrayXd choice_shares(const Substitutes& substitutes, double sharpness);

/// What a unit of compute costs a crowd whose members differ in taste.
struct ComputeMix {
  /// Of the compute that is bought, by product; they sum to 1, or are 0 where nothing is to be had.
  Eigen::ArrayXd shares;
  /// Infinite where nothing is to be had.
  double cost = std::numeric_limits<double>::infinity();
};

/// Shares go with (compute / price)^sharpness (McFadden 1974, in logarithms). `compute` of a good and its `price`, by
/// product; a product without a price, 0, is not to be had.
ComputeMix compute_mix(const Eigen::ArrayXd& price, const Eigen::ArrayXd& compute, double sharpness);

/// What a good of `product` is worth by what the cheapest of the others costs a unit of compute; arrays as above. 0
/// where no other is to be had.
double worth_as_others(const Eigen::ArrayXd& price, const Eigen::ArrayXd& compute, Eigen::Index product);

/// Most that a product's compute is worth to one of that crowd over the mix: tastes are spread by a Gumbel distribution
/// over the sharpness, and 95 % of them lie below.
double dearest_taste(double sharpness);

/// A price with what it costs to move to the product, spread over the goods that a buyer takes: a share `cost` of the
/// price that falls by half with each `half_life_s` of `experience_s`.
double price_with_switching(double price, double cost, double experience_s, double half_life_s);

}  // namespace chokepoint::models
