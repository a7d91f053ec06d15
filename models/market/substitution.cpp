#include "models/market/substitution.hpp"

#include <algorithm>
#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

Eigen::ArrayXd choice_shares(const Substitutes& substitutes, double sharpness) {
  expects(substitutes.effective.size() == substitutes.price.size(), "each product has compute and a price");
  expects(substitutes.value >= 0.0 && sharpness > 0.0 && (substitutes.price > 0.0).all() &&
              (substitutes.effective >= 0.0).all(),
          "worth is not negative and prices are positive");
  if (substitutes.price.size() == 0) return {};
  const Eigen::ArrayXd worth = substitutes.value * substitutes.effective / substitutes.price;
  // Divided by the largest power, so that none overflows.
  const double largest = std::max(1.0, worth.maxCoeff());
  const Eigen::ArrayXd powers = (worth / largest).pow(sharpness);
  return powers / (std::pow(1.0 / largest, sharpness) + powers.sum());
}

double price_with_switching(double price, double cost, double experience_s, double half_life_s) {
  expects(cost >= 0.0 && experience_s >= 0.0 && half_life_s > 0.0, "moving costs something and is learned");
  return price * (1.0 + cost * std::exp2(-experience_s / half_life_s));
}

}  // namespace chokepoint::models
