#include "models/reliability/checkpoint.hpp"

#include <doctest/doctest.h>

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
