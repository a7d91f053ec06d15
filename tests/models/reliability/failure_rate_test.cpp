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

TEST_CASE("the causes of Llama 3 add up to 419 interruptions in 54 days") {
  double per_1000_node_days = 0.0;
  for (const FailureCause& cause : llama3_failure_causes()) per_1000_node_days += cause.per_1000_node_days;
  CHECK(per_1000_node_days == doctest::Approx(3.79).epsilon(0.001));
  CHECK(interruptions_per_s({.per_1000_node_days = per_1000_node_days}, 2048) * 54 * 86400 == doctest::Approx(419));
}

// OPT-175B: at least 35 manual restarts in 61 days on 124 nodes. A lower bound, which the rate by node alone meets too
// (49): it says nothing for the fit.
TEST_CASE("a rate by job gives back the time it was fitted on and no fewer interruptions than OPT-175B saw") {
  const double extra = fitted_per_job_day(6.5, 128, 7.9 * 3600);
  CHECK(extra == doctest::Approx(2.206).epsilon(0.001));
  CHECK(mean_h({.per_1000_node_days = 6.5, .per_job_day = extra}, 128) == doctest::Approx(7.9));
  CHECK(interruptions_per_s({.per_1000_node_days = 6.5, .per_job_day = extra}, 124) * 61 * 86400 >= 35);
}

TEST_CASE("lemons add their multiple to the rate and take their part of it") {
  const FailureRate rate{.per_1000_node_days = 5.0, .lemon_share = 0.1, .lemon_multiple = 11.0};
  CHECK(interruptions_per_s(rate, 1000) * 86400 == doctest::Approx(10.0));
  CHECK(lemon_part(rate) == doctest::Approx(0.55));
}

TEST_CASE("a measured time longer than the nodes allow is a bug of the caller") {
  CHECK_THROWS_AS(fitted_per_job_day(6.5, 128, 30 * 3600), ContractViolation);
}
