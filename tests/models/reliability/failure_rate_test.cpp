#include "models/reliability/failure_rate.hpp"

#include <doctest/doctest.h>

#include "models/contract/expects.hpp"

using namespace chokepoint::models;

namespace {
double mean_h(const FailureRate& rate, double nodes) {
  return 1.0 / interruptions_per_s(rate, nodes) / 3600.0;
}
}  // namespace

// Meta's research clusters, arXiv:2410.21680.
TEST_CASE("mean time to failure falls as nodes are added") {
  CHECK(mean_h({.per_1000_node_days = 6.5}, 16384 / 8) == doctest::Approx(1.803).epsilon(0.001));
  CHECK(mean_h({.per_1000_node_days = 6.5}, 131072 / 8) == doctest::Approx(0.225).epsilon(0.003));
  CHECK(mean_h({.per_1000_node_days = 6.5}, 1024 / 8) == doctest::Approx(28.8).epsilon(0.002));
}

TEST_CASE("failures of a job's own grow with its nodes and stop where they are told to") {
  const FailureRate rate{.per_1000_node_days = 5.0, .extra_per_1000_node_days = 10.0, .extra_up_to_nodes = 50};
  CHECK(interruptions_per_s(rate, 10) * 86400 == doctest::Approx(0.15));
  CHECK(interruptions_per_s(rate, 50) * 86400 == doctest::Approx(0.75));
  CHECK(interruptions_per_s(rate, 1000) * 86400 == doctest::Approx(5.5));
  CHECK(interruptions_per_s(rate, 0.125) * 86400 == doctest::Approx(0.015 / 8));
  CHECK(extra_part(rate, 50) == doctest::Approx(2.0 / 3));
  CHECK(extra_part(rate, 1000) == doctest::Approx(0.5 / 5.5));
}

TEST_CASE("an extra rate gives back the mean time that it was fitted on") {
  const double extra = fitted_extra_per_1000_node_days(6.5, 128, 7.9 * 3600);
  CHECK(extra == doctest::Approx(17.23).epsilon(0.001));
  CHECK(mean_h({.per_1000_node_days = 6.5, .extra_per_1000_node_days = extra}, 128) == doctest::Approx(7.9));
}

TEST_CASE("lemons add their multiple to the rate and take their part of it") {
  const FailureRate rate{.per_1000_node_days = 5.0, .lemon_share = 0.1, .lemon_multiple = 11.0};
  CHECK(interruptions_per_s(rate, 1000) * 86400 == doctest::Approx(10.0));
  CHECK(lemon_part(rate) == doctest::Approx(0.55));
}

TEST_CASE("a measured time longer than the nodes allow is a bug of the caller") {
  CHECK_THROWS_AS(fitted_extra_per_1000_node_days(6.5, 128, 30 * 3600), ContractViolation);
}
