#include "models/reliability/checkpoint.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "models/reliability/effective_time.hpp"

using namespace chokepoint::models;

TEST_CASE("a checkpoint of Adam takes 14 bytes a parameter at the bandwidth of its storage") {
  CHECK(checkpoint_bytes({.parameters = 4e9}) == 56e9);
  CHECK(transfer_s(56e9, 0.5e9) == doctest::Approx(112));
}

TEST_CASE("the interval of Young is the root of twice mean time and write") {
  CHECK(young_interval_s(5000, 100) == doctest::Approx(1000));
}

TEST_CASE("the interval of Daly adds higher orders and ends at the mean time to failure") {
  CHECK(daly_interval_s(5000, 100) == doctest::Approx(1000 * (1 + 0.1 / 3 + 0.01 / 9) - 100));
  CHECK(daly_interval_s(100, 200) == 100);
  CHECK(daly_interval_s(1e9, 1) == doctest::Approx(young_interval_s(1e9, 1)).epsilon(0.001));
}

// Model card of BLOOM: "full checkpoint with optimizer states 2.3 TB" beside 329 GB of weights, which are 2 bytes of
// 176.2 billion parameters counted in powers of 1024.
TEST_CASE("the checkpoint of BLOOM has the published size within 5 percent") {
  CHECK(checkpoint_bytes({.parameters = 176.2e9}) / std::pow(1024.0, 4) == doctest::Approx(2.3).epsilon(0.05));
}

TEST_CASE("no interval near the best one works for more of the time and Daly's form estimates it") {
  for (const double write_s : {1e-3, 0.1, 1.0, 30.0, 200.0, 900.0, 5000.0}) {
    const double best_s = best_interval_s(1000, write_s);
    const auto ratio = [&](double interval_s) {
      return complete_effective_time_ratio(
          {.interruptions_per_s = 1e-3, .restart_s = 70, .write_s = write_s, .interval_s = interval_s});
    };
    CAPTURE(write_s);
    CHECK(ratio(best_s) >= ratio(best_s * 1.001));
    CHECK(ratio(best_s) >= ratio(best_s * 0.999));
    CHECK(best_s < young_interval_s(1000, write_s));
    // Daly's own bound of his estimate's error holds to w = M / 2.
    if (write_s <= 500) CHECK(daly_interval_s(1000, write_s) == doctest::Approx(best_s).epsilon(0.02));
  }
  CHECK(best_interval_s(1.0, 1e6) == 1.0);
}
