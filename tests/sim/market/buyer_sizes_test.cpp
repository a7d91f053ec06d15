#include "sim/market/buyer_sizes.hpp"

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

BuyerCohort sized_cohort(std::int64_t count, std::size_t named) {
  BuyerCohort cohort{.name = "buyers", .count = count};
  for (std::size_t i = 0; i < named; ++i) cohort.names.push_back("buyer " + std::to_string(i));
  return cohort;
}

TEST_CASE("sizes of a cohort share out its revenue in every run") {
  const BuyerCohort cohort = sized_cohort(120, 12);
  for (std::uint32_t replicate = 0; replicate < 20; ++replicate) {
    const BuyerSizes sizes = buyer_sizes(cohort, RandomStream(1, replicate, "sizes"));
    CHECK(sizes.share.sum() == doctest::Approx(1.0));
    CHECK((sizes.rank > 0.0).all());
    CHECK((sizes.rank < 1.0).all());
  }
}

TEST_CASE("named buyers are the largest ones and the same in every run") {
  const BuyerCohort cohort = sized_cohort(120, 12);
  const BuyerSizes one = buyer_sizes(cohort, RandomStream(1, 0, "sizes"));
  const BuyerSizes other = buyer_sizes(cohort, RandomStream(2, 7, "sizes"));
  for (Eigen::Index i = 0; i < 12; ++i) {
    CHECK(one.rank[i] == other.rank[i]);
    CHECK(one.lag_days[i] == other.lag_days[i]);
    if (i > 0) CHECK(one.share[i] <= one.share[i - 1]);
  }
  CHECK(one.share.tail(108).maxCoeff() <= one.share[11]);
  CHECK(one.share[12] != other.share[12]);
}

// Of a Pareto distribution of exponent a, the largest tenth has .1^(1 - 1/a) of the whole where nothing is cut off:
// .1^(1 - 1/2) = .316 for a = 2.
TEST_CASE("the largest tenth has its share of a Pareto distribution") {
  BuyerCohort cohort = sized_cohort(10'000, 0);
  cohort.size_exponent = 2.0;
  cohort.largest_size = 1e6;
  const BuyerSizes sizes = buyer_sizes(cohort, RandomStream(3, 0, "sizes"));
  CHECK((sizes.rank < 0.1).select(sizes.share, 0.0).sum() == doctest::Approx(0.316).epsilon(0.03));
}

}  // namespace
}  // namespace chokepoint::sim
