#include "analysis/statistics/interval_score.hpp"

#include <doctest/doctest.h>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {

TEST_CASE("the interval score is the width and a penalty for what it misses") {
  // Gneiting & Raftery 2007, equation 43, with alpha = 0.1: 2 / alpha = 20.
  CHECK(interval_score({.low = 2.0, .high = 5.0}, 3.0, 0.1) == 3.0);
  CHECK(interval_score({.low = 2.0, .high = 5.0}, 5.0, 0.1) == 3.0);
  CHECK(interval_score({.low = 2.0, .high = 5.0}, 1.5, 0.1) == doctest::Approx(13.0));
  CHECK(interval_score({.low = 2.0, .high = 5.0}, 5.25, 0.1) == doctest::Approx(8.0));
  // A forecast without width is the distance, 20-fold.
  CHECK(interval_score({.low = 4.0, .high = 4.0}, 3.0, 0.1) == doctest::Approx(20.0));
}

TEST_CASE("the true quantiles of a normal score less than wider and narrower intervals") {
  // The expected score of the true ones: 2 / alpha * 2 phi(1.645) = 4.125 standard deviations.
  double truth = 0.0, narrow = 0.0, wide = 0.0;
  sim::RandomStream draws(1, 0, "interval score");
  const int count = 20000;
  for (int i = 0; i < count; ++i) {
    const double value = draws.normal();
    truth += interval_score({.low = -1.645, .high = 1.645}, value, 0.1) / count;
    narrow += interval_score({.low = -1.2, .high = 1.2}, value, 0.1) / count;
    wide += interval_score({.low = -2.3, .high = 2.3}, value, 0.1) / count;
  }
  CHECK(truth == doctest::Approx(4.125).epsilon(0.02));
  CHECK(truth < narrow);
  CHECK(truth < wide);
}

}  // namespace chokepoint::analysis
