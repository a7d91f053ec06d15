#include "analysis/study/distribution.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/triangular.hpp>

namespace chokepoint::analysis {
namespace {

constexpr double open_end = std::numeric_limits<double>::infinity();

/// In double precision, which the same program gives everywhere.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

boost::math::normal_distribution<double, Policy> standard_normal() {
  return {};
}
boost::math::triangular_distribution<double, Policy> triangle(const Triangular& shape) {
  return {shape.low, shape.mode, shape.high};
}
boost::math::beta_distribution<double, Policy> unit_beta(const Beta& shape) {
  return {shape.alpha, shape.beta};
}

double normal_quantile(double u) {
  if (u <= 0.0) return -open_end;
  return u >= 1.0 ? open_end : boost::math::quantile(standard_normal(), u);
}

// Each end exactly, as a person wrote it.
double quantile_of(const Uniform& shape, double u) {
  return u == 1.0 ? shape.high : shape.low + u * (shape.high - shape.low);
}
double quantile_of(const LogUniform& shape, double u) {
  if (u == 0.0) return shape.low;
  return u == 1.0 ? shape.high : shape.low * std::exp(u * std::log(shape.high / shape.low));
}
double quantile_of(const Normal& shape, double u) {
  return shape.mean + shape.sd * normal_quantile(u);
}
double quantile_of(const LogNormal& shape, double u) {
  return shape.median * std::exp(shape.log_sd * normal_quantile(u));
}
double quantile_of(const Triangular& shape, double u) {
  return boost::math::quantile(triangle(shape), u);
}
double quantile_of(const Exponential& shape, double u) {
  return -shape.mean * std::log1p(-u);
}
double quantile_of(const Weibull& shape, double u) {
  return shape.scale * std::pow(-std::log1p(-u), 1.0 / shape.shape);
}
double quantile_of(const Beta& shape, double u) {
  return quantile_of(Uniform{.low = shape.low, .high = shape.high}, boost::math::quantile(unit_beta(shape), u));
}

double share_of(const Uniform& shape, double value) {
  return (value - shape.low) / (shape.high - shape.low);
}
double share_of(const LogUniform& shape, double value) {
  return value <= shape.low ? 0.0 : std::log(value / shape.low) / std::log(shape.high / shape.low);
}
double share_of(const Normal& shape, double value) {
  return boost::math::cdf(standard_normal(), (value - shape.mean) / shape.sd);
}
double share_of(const LogNormal& shape, double value) {
  return value <= 0.0 ? 0.0 : boost::math::cdf(standard_normal(), std::log(value / shape.median) / shape.log_sd);
}
double share_of(const Triangular& shape, double value) {
  return boost::math::cdf(triangle(shape), std::clamp(value, shape.low, shape.high));
}
double share_of(const Exponential& shape, double value) {
  return value <= 0.0 ? 0.0 : -std::expm1(-value / shape.mean);
}
double share_of(const Weibull& shape, double value) {
  return value <= 0.0 ? 0.0 : -std::expm1(-std::pow(value / shape.scale, shape.shape));
}
double share_of(const Beta& shape, double value) {
  return boost::math::cdf(unit_beta(shape), std::clamp((value - shape.low) / (shape.high - shape.low), 0.0, 1.0));
}

}  // namespace

bool is_range(const Distribution& distribution) {
  return std::holds_alternative<Uniform>(distribution.shape) || std::holds_alternative<LogUniform>(distribution.shape);
}

bool is_bounded(const Distribution& distribution) {
  return is_range(distribution) || std::holds_alternative<Triangular>(distribution.shape) ||
         std::holds_alternative<Beta>(distribution.shape) ||
         (std::isfinite(distribution.least) && std::isfinite(distribution.most));
}

double share_below(const DistributionShape& shape, double value) {
  if (std::isinf(value)) return value < 0.0 ? 0.0 : 1.0;
  return std::clamp(std::visit([value](const auto& each) { return share_of(each, value); }, shape), 0.0, 1.0);
}

double quantile(const Distribution& distribution, double u) {
  const auto whole = [&](double share) {
    return std::visit([share](const auto& each) { return quantile_of(each, share); }, distribution.shape);
  };
  if (std::isinf(distribution.least) && std::isinf(distribution.most)) return whole(u);
  const double below = share_below(distribution.shape, distribution.least);
  const double above = share_below(distribution.shape, distribution.most);
  return std::clamp(whole(below + u * (above - below)), distribution.least, distribution.most);
}

}  // namespace chokepoint::analysis
