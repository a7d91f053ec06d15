#include "models/reliability/effective_time.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace chokepoint::models;

TEST_CASE("effective time loses the restart and half an interval a failure and the writes") {
  CHECK(effective_time_ratio({.interruptions_per_s = 1e-4, .restart_s = 500, .write_s = 100, .interval_s = 1000}) ==
        doctest::Approx(0.9 / 1.1));
  CHECK(effective_time_ratio({.interruptions_per_s = 0.0, .interval_s = 10}) == 1.0);
  CHECK(effective_time_ratio({.interruptions_per_s = 1.0, .restart_s = 500, .interval_s = 10}) == 0.0);
}

TEST_CASE("the complete ratio is that of Daly and meets the first order where failures are rare") {
  // One failure a second on average, cycles of a second: 1 / (e (e - 1)) with a restart of a second.
  CHECK(complete_effective_time_ratio(
            {.interruptions_per_s = 1.0, .restart_s = 1.0, .write_s = 0.5, .interval_s = 0.5}) ==
        doctest::Approx(0.5 / (std::exp(1.0) * (std::exp(1.0) - 1.0))));
  const InterruptedWork rare{.interruptions_per_s = 1e-7, .restart_s = 500, .write_s = 20, .interval_s = 1000};
  CHECK(complete_effective_time_ratio(rare) == doctest::Approx(effective_time_ratio(rare)).epsilon(1e-5));
  CHECK(complete_effective_time_ratio({.interruptions_per_s = 0.0, .write_s = 10, .interval_s = 90}) == 0.9);
}

TEST_CASE("a checkpoint written beside work costs its writing once a failure") {
  CHECK(effective_time_ratio(
            {.interruptions_per_s = 1e-4, .restart_s = 500, .interval_s = 1000, .written_beside_s = 100}) ==
        doctest::Approx(0.89));
}

// Erlang's loss formula by hand: load 1 gives 1, 1/2, 1/5, 1/16.
TEST_CASE("a failure finds no spare with the probability of Erlang's loss formula") {
  CHECK(no_spare_probability(0, 0.01, 100) == 1.0);
  CHECK(no_spare_probability(1, 0.01, 100) == doctest::Approx(1.0 / 2));
  CHECK(no_spare_probability(2, 0.01, 100) == doctest::Approx(1.0 / 5));
  CHECK(no_spare_probability(3, 0.01, 100) == doctest::Approx(1.0 / 16));
  CHECK(mean_spare_wait_s(3, 100) == 25.0);
}
