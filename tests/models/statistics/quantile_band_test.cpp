#include "models/statistics/quantile_band.hpp"

#include <limits>

#include <doctest/doctest.h>

namespace chokepoint::models {

TEST_CASE("quantiles between values are those of the linear rule") {
  // By hand: place q (n - 1) among the sorted values. numpy.quantile([3, 1, 2, 10], [.05, .5, .95]).
  const QuantileBand four = quantile_band({3.0, 1.0, 2.0, 10.0});
  CHECK(four.p5 == doctest::Approx(1.15));
  CHECK(four.median == doctest::Approx(2.5));
  CHECK(four.p95 == doctest::Approx(8.95));
  // Of 0 to 100 each hundredth is its own number.
  std::vector<double> hundred;
  for (int i = 100; i >= 0; --i) hundred.push_back(i);
  const QuantileBand band = quantile_band(hundred);
  CHECK(band.p5 == doctest::Approx(5.0));
  CHECK(band.median == 50.0);
  CHECK(band.p95 == doctest::Approx(95.0));
}

TEST_CASE("a band of equal values has no width") {
  CHECK(quantile_band({0.1, 0.1, 0.1}) == QuantileBand{0.1, 0.1, 0.1});
  CHECK(quantile_band({7.0}) == QuantileBand{7.0, 7.0, 7.0});
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK(quantile_band({infinity, infinity}) == QuantileBand{infinity, infinity, infinity});
}

}  // namespace chokepoint::models
