#pragma once

#include <cstdint>

#include <Eigen/Core>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::sim {

/// Goods are whole: what a decision rounds off is carried to the next one of the same agent and product, so that the
/// sum of decisions stays within one good of what was meant.
class WholeGoods {
 public:
  /// Each agent begins somewhere else, by one draw a product from its stream.
  WholeGoods(Eigen::Index agents, Eigen::Index products) : carried_(agents, products) { carried_.setZero(); }
  void begin(Eigen::Index agent, RandomStream& chance) {
    for (Eigen::Index k = 0; k < carried_.cols(); ++k) carried_(agent, k) = chance.uniform();
  }

  /// `quantity` is not negative.
  std::int64_t of(Eigen::Index agent, Eigen::Index product, double quantity) {
    double& carried = carried_(agent, product);
    carried += quantity;
    const auto whole = static_cast<std::int64_t>(carried);
    carried -= static_cast<double>(whole);
    return whole;
  }

 private:
  Eigen::ArrayXXd carried_;
};

}  // namespace chokepoint::sim
