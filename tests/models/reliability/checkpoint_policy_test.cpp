#include "models/reliability/checkpoint_policy.hpp"

#include <doctest/doctest.h>

#include "models/contract/expects.hpp"

using namespace chokepoint::models;

TEST_CASE("a job's checkpoint takes what a node of it holds and comes at the interval of its own failures") {
  const CheckpointPolicy policy{.gpu_bytes = 7e9, .failures = {.per_1000_node_days = 5.0}};
  const CheckpointRule rule = policy.rule(2048);
  const double mean_s = 86400.0 * 1000.0 / 5.0 / 256.0;
  CHECK(rule.write_s == doctest::Approx(111.5));
  CHECK(rule.interval_s == doctest::Approx(daly_interval_s(mean_s, rule.write_s)));
  CHECK(policy.restore_time_s(2048) == doctest::Approx(92.0));
  CHECK(policy.rule(2).write_s == doctest::Approx(111.5 / 4));
}

TEST_CASE("a stated write and interval hold for jobs of every size") {
  const CheckpointPolicy policy{
      .interval = CheckpointPolicy::Interval::given, .given_interval_s = 1800, .write_s = 60, .restore_s = 90};
  for (const int gpus : {1, 8, 4096}) {
    CHECK(policy.rule(gpus).interval_s == 1800);
    CHECK(policy.rule(gpus).write_s == 60);
    CHECK(policy.restore_time_s(gpus) == 90);
  }
}

TEST_CASE("a job that never fails writes no checkpoint") {
  CHECK_FALSE(CheckpointPolicy{.write_s = 60}.rule(8).writes());
}

TEST_CASE("the interval of Young is longer than that of Daly") {
  CheckpointPolicy policy{.write_s = 60, .failures = {.per_1000_node_days = 5.0}};
  const double daly_s = policy.rule(1024).interval_s;
  policy.interval = CheckpointPolicy::Interval::young;
  CHECK(policy.rule(1024).interval_s > daly_s);
}
