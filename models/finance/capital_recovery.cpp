#include "models/finance/capital_recovery.hpp"

#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

double capital_recovery_factor(double rate, double periods) {
  expects(rate >= 0.0 && periods > 0.0, "a capital is paid back over some time");
  if (rate == 0.0) return 1.0 / periods;
  return rate / -std::expm1(-periods * std::log1p(rate));
}

}  // namespace chokepoint::models
