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

ComputeMix compute_mix(const Eigen::ArrayXd& price, const Eigen::ArrayXd& compute, double sharpness) {
  expects(price.size() == compute.size(), "each product has compute and a price");
  ComputeMix mix{.shares = Eigen::ArrayXd::Zero(price.size())};
  const auto worth = [&](Eigen::Index k) { return price[k] > 0.0 ? compute[k] / price[k] : 0.0; };
  double most = 0.0;
  for (Eigen::Index k = 0; k < price.size(); ++k) most = std::max(most, worth(k));
  if (most <= 0.0) return mix;
  double sum = 0.0;
  double cost = 0.0;
  for (Eigen::Index k = 0; k < price.size(); ++k) {
    if (worth(k) <= 0.0) continue;
    mix.shares[k] = worth(k) == most ? 1.0 : std::pow(worth(k) / most, sharpness);
    sum += mix.shares[k];
    cost += mix.shares[k] / worth(k);
  }
  mix.shares /= sum;
  mix.cost = cost / sum;
  return mix;
}

double worth_as_others(const Eigen::ArrayXd& price, const Eigen::ArrayXd& compute, Eigen::Index product) {
  double least = std::numeric_limits<double>::infinity();
  for (Eigen::Index k = 0; k < price.size(); ++k)
    if (k != product && price[k] > 0.0) least = std::min(least, price[k] / compute[k]);
  return std::isfinite(least) ? least * compute[product] : 0.0;
}

double dearest_taste(double sharpness) {
  constexpr double gumbel_quantile = 2.97;
  return std::exp(gumbel_quantile / sharpness);
}

double price_with_switching(double price, double cost, double experience_s, double half_life_s) {
  expects(cost >= 0.0 && experience_s >= 0.0 && half_life_s > 0.0, "moving costs something and is learned");
  return price * (1.0 + cost * std::exp2(-experience_s / half_life_s));
}

}  // namespace chokepoint::models
