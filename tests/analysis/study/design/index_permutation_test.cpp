#include "analysis/study/design/index_permutation.hpp"

#include <map>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

TEST_CASE("each number has one place and each place one number") {
  for (const std::uint64_t size : {1ull, 2ull, 3ull, 17ull, 256ull, 257ull, 1000ull, 65536ull, 100003ull}) {
    CAPTURE(size);
    const IndexPermutation order(size, 42);
    std::vector<int> hits(size);
    for (std::uint64_t i = 0; i < size; ++i) {
      const std::uint64_t place = order(i);
      REQUIRE(place < size);
      ++hits[place];
    }
    CHECK(std::ranges::all_of(hits, [](int count) { return count == 1; }));
  }
}

TEST_CASE("all orders of few numbers are equally likely") {
  std::map<std::vector<std::uint64_t>, int> seen;
  constexpr int keys = 24000;
  for (std::uint64_t key = 0; key < keys; ++key) {
    const IndexPermutation order(4, key);
    ++seen[{order(0), order(1), order(2), order(3)}];
  }
  CHECK(seen.size() == 24);
  double chi_squared = 0.0;
  for (const auto& [order, count] : seen) chi_squared += (count - 1000.0) * (count - 1000.0) / 1000.0;
  CHECK(chi_squared < 49.7);  // 23 degrees of freedom, exceeded once in a thousand
}

TEST_CASE("neighbours and other keys are not alike") {
  constexpr std::uint64_t size = 10000;
  const IndexPermutation one(size, 1);
  const IndexPermutation other(size, 2);
  double neighbours = 0.0;
  double keys = 0.0;
  const auto deviation = [](std::uint64_t value) { return static_cast<double>(value) - (size - 1) / 2.0; };
  for (std::uint64_t i = 0; i + 1 < size; ++i) {
    neighbours += deviation(one(i)) * deviation(one(i + 1));
    keys += deviation(one(i)) * deviation(other(i));
  }
  const double variance = (static_cast<double>(size) * size - 1.0) / 12.0;
  // Correlations of 10,000 pairs: standard deviation .01.
  CHECK(std::abs(neighbours / (size * variance)) < 0.04);
  CHECK(std::abs(keys / (size * variance)) < 0.04);
}

}  // namespace
}  // namespace chokepoint::analysis
