#include "models/statistics/quantile.hpp"

#include <doctest/doctest.h>

namespace chokepoint::models {

TEST_CASE("a quantile is the value at its rank among the sorted values") {
  std::vector<double> values{5.0, 1.0, 4.0, 2.0, 3.0, 10.0, 9.0, 8.0, 7.0, 6.0};
  CHECK(quantile(values, 0.0) == 1.0);
  CHECK(quantile(values, 0.1) == 1.0);
  CHECK(quantile(values, 0.5) == 5.0);
  CHECK(quantile(values, 0.51) == 6.0);
  CHECK(quantile(values, 0.9) == 9.0);
  CHECK(quantile(values, 1.0) == 10.0);
}

TEST_CASE("no quantile is given of no values") {
  std::vector<double> none;
  CHECK_THROWS((void)quantile(none, 0.5));
}

}  // namespace chokepoint::models
