#pragma once

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

/// A price with what it costs to move to the product, spread over the goods that a buyer takes: a share `cost` of the
/// price that falls by half with each `half_life_s` of `experience_s`.
double price_with_switching(double price, double cost, double experience_s, double half_life_s);

}  // namespace chokepoint::models
