#include "analysis/study/distribution.hpp"

#include <cmath>

namespace chokepoint::analysis {
namespace {

// Each end exactly, as a person wrote it.
double quantile_of(const Uniform& spread, double u) {
  return u == 1.0 ? spread.high : spread.low + u * (spread.high - spread.low);
}

double quantile_of(const LogUniform& spread, double u) {
  if (u == 0.0) return spread.low;
  return u == 1.0 ? spread.high : spread.low * std::exp(u * std::log(spread.high / spread.low));
}

}  // namespace

double quantile(const Distribution& distribution, double u) {
  return std::visit([u](const auto& spread) { return quantile_of(spread, u); }, distribution);
}

}  // namespace chokepoint::analysis
