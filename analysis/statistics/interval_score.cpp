#include "analysis/statistics/interval_score.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {

double interval_score(Band band, double value, double alpha) {
  models::expects(band.low <= band.high && alpha > 0.0 && alpha < 1.0, "an interval of some probability");
  const double missed = std::max({0.0, band.low - value, value - band.high});
  return band.high - band.low + 2.0 / alpha * missed;
}

}  // namespace chokepoint::analysis
