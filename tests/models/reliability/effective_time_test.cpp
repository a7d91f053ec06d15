#include "models/reliability/effective_time.hpp"

#include <doctest/doctest.h>

using namespace chokepoint::models;

TEST_CASE("effective time loses the restart and half an interval a failure and the writes") {
  CHECK(effective_time_ratio({.interruptions_per_s = 1e-4, .restart_s = 500, .write_s = 100, .interval_s = 1000}) ==
        doctest::Approx(0.9 / 1.1));
  CHECK(effective_time_ratio({.interruptions_per_s = 0.0, .interval_s = 10}) == 1.0);
  CHECK(effective_time_ratio({.interruptions_per_s = 1.0, .restart_s = 500, .interval_s = 10}) == 0.0);
}

// Erlang's loss formula by hand: load 1 gives 1, 1/2, 1/5, 1/16.
TEST_CASE("a failure finds no spare with the probability of Erlang's loss formula") {
  CHECK(no_spare_probability(0, 0.01, 100) == 1.0);
  CHECK(no_spare_probability(1, 0.01, 100) == doctest::Approx(1.0 / 2));
  CHECK(no_spare_probability(2, 0.01, 100) == doctest::Approx(1.0 / 5));
  CHECK(no_spare_probability(3, 0.01, 100) == doctest::Approx(1.0 / 16));
  CHECK(mean_spare_wait_s(3, 100) == 25.0);
}
