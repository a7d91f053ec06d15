#include "models/finance/capital_recovery.hpp"

#include <cmath>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

TEST_CASE("payments by the capital recovery factor are worth the capital") {
  for (const double rate : {0.0, 0.01, 0.15})
    for (const int periods : {1, 4, 30}) {
      double worth = 0.0;
      for (int period = 1; period <= periods; ++period)
        worth += capital_recovery_factor(rate, periods) / std::pow(1.0 + rate, period);
      CHECK(worth == doctest::Approx(1.0));
    }
}

}  // namespace
}  // namespace chokepoint::models
