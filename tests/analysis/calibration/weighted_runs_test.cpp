#include "analysis/calibration/weighted_runs.hpp"

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

std::vector<std::uint64_t> seeds_of(const WeightedRuns& runs) {
  std::vector<std::uint64_t> seeds;
  for (const sim::Record& record : runs.records) seeds.push_back(record.seed);
  return seeds;
}

TEST_CASE("each replicate of a set has the weight of the set") {
  const std::vector<Kept> members{{.index = 4, .weight = 0.25}, {.index = 9, .weight = 0.75}};
  const WeightedRuns runs = weighted_by_set({{{.seed = 1}, {.seed = 2}}, {{.seed = 3}, {.seed = 4}}}, members);
  CHECK(seeds_of(runs) == std::vector<std::uint64_t>{1, 2, 3, 4});
  CHECK(runs.weights == std::vector<double>{0.25, 0.25, 0.75, 0.75});
}

TEST_CASE("replicates of one scenario weigh alike") {
  const WeightedRuns runs = weighted_alike({{.seed = 7}, {.seed = 8}});
  CHECK(seeds_of(runs) == std::vector<std::uint64_t>{7, 8});
  CHECK(runs.weights == std::vector<double>{1.0, 1.0});
}

}  // namespace
}  // namespace chokepoint::analysis
