#include "models/workload/inference_demand.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "models/workload/rate_profile.hpp"

namespace chokepoint::models {

// A brokerage's estimate of 2023: 25 million visits a day of 10 questions, each answered in 30 words of .35 s of one
// A100.
TEST_CASE("25 million visits a day need 729 thousand GPU-hours and 30382 GPUs around the clock") {
  const InferenceDemand demand{.requests_per_s = 25e6 * 10 / 86400, .tokens_per_request = 30, .gpu_s_per_token = 0.35};
  CHECK(demand.mean_gpus() * 24 == doctest::Approx(2.625e9 / 3600).epsilon(1e-12));
  CHECK(static_cast<int>(demand.mean_gpus() * 24 / 1000) == 729);
  CHECK(demand.replicas(1.0) == 30'382);
  CHECK((demand.replicas(1.0) + 7) / 8 == 3'798);
}

TEST_CASE("GPUs at the peak are the mean times the highest weight") {
  RateProfile profile;
  profile.by_hour = {4, 3, 2, 2, 2, 3, 5, 8, 11, 13, 14, 14, 13, 13, 14, 14, 14, 13, 12, 12, 12, 11, 9, 6};
  const InferenceDemand demand{.requests_per_s = 1000.0, .gpu_s_per_token = 2.24};
  const double mean_weight = 224.0 / 24.0;
  CHECK(profile.peak() == doctest::Approx(14.0 / mean_weight));
  // 2240 GPUs on average, 240 a unit of weight.
  CHECK(demand.replicas(profile.peak()) == 3360);
  CHECK(demand.replicas(2.0 / mean_weight) == 480);
}

TEST_CASE("a target of utilization and whole replicas and a floor add GPUs") {
  InferenceDemand demand{.requests_per_s = 10.0, .tokens_per_request = 100.0, .gpu_s_per_token = 0.07};
  CHECK(demand.mean_gpus() == doctest::Approx(70.0));
  CHECK(demand.replicas(1.0) == 70);
  demand.target_utilization = 0.7;
  CHECK(demand.replicas(1.0) == 100);
  demand.gpus_per_replica = 8;
  CHECK(demand.replicas(1.0) == 13);
  CHECK(demand.replicas(0.01) == 1);
  CHECK(demand.replicas(0.0) == 0);
  demand.fewest_replicas = 5;
  CHECK(demand.replicas(0.0) == 5);
}

// 2 x 175e9 FLOP on an A100 of 312 TFLOP/s: 1.122 ms at the peak.
TEST_CASE("a token takes two operations a parameter") {
  CHECK(TokenWork{.active_parameters = 175e9, .flop_per_s = 312e12}.gpu_s() ==
        doctest::Approx(1.1218e-3).epsilon(1e-4));
  CHECK(TokenWork{.active_parameters = 175e9, .flop_per_s = 312e12, .utilization = 0.1}.gpu_s() ==
        doctest::Approx(11.218e-3).epsilon(1e-4));
}

}  // namespace chokepoint::models
