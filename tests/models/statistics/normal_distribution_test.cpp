#include "models/statistics/normal_distribution.hpp"

#include <initializer_list>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

// Abramowitz & Stegun, tables 26.1 and 26.5.
TEST_CASE("quantiles of the normal distribution are those of the tables") {
  CHECK(normal_quantile(0.5) == doctest::Approx(0.0));
  CHECK(normal_quantile(0.8) == doctest::Approx(0.8416212335729143).epsilon(1e-13));
  CHECK(normal_quantile(0.95) == doctest::Approx(1.6448536269514722).epsilon(1e-13));
  CHECK(normal_quantile(1e-9) == doctest::Approx(-5.9978070150076869).epsilon(1e-12));
  CHECK(normal_density(1.0) == doctest::Approx(0.2419707245191434).epsilon(1e-14));
}

TEST_CASE("the quantile undoes the cumulative distribution") {
  for (const double x : {-8.0, -3.0, -1.0, -0.1, 0.0, 0.3, 2.0, 5.0})
    CHECK(normal_quantile(normal_cumulative(x)) == doctest::Approx(x).epsilon(1e-9));
}

}  // namespace
}  // namespace chokepoint::models
