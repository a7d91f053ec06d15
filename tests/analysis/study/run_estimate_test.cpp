#include "analysis/study/run_estimate.hpp"

#include <array>

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

TEST_CASE("the time of a study is the mean of its trials by runs and workers") {
  const std::array wall_s{1.0, 2.0, 6.0};
  const RunEstimate estimate = estimate_time(wall_s, {.runs = 100, .workers = 4});
  CHECK(estimate.trials == 3);
  CHECK(estimate.mean_s == 3.0);
  CHECK(estimate.study_s == 75.0);
  CHECK(estimate.study_least_s == 25.0);
  CHECK(estimate.study_most_s == 150.0);
  // Fewer runs than workers end with the run.
  CHECK(estimate_time(wall_s, {.runs = 2, .workers = 4}).study_s == 3.0);
}

TEST_CASE("trial points lie spread over a design and none is taken twice") {
  CHECK(spread_points(100, 4) == std::vector<std::uint64_t>{12, 37, 62, 87});
  CHECK(spread_points(3, 5) == std::vector<std::uint64_t>{0, 1, 2});
  CHECK(spread_points(1, 1) == std::vector<std::uint64_t>{0});
  CHECK(spread_points(1'000'000'000, 2) == std::vector<std::uint64_t>{250'000'000, 750'000'000});
}

}  // namespace
}  // namespace chokepoint::analysis
