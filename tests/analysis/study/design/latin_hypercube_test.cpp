#include "analysis/study/design/latin_hypercube.hpp"

#include <algorithm>

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

TEST_CASE("a latin hypercube hits each part of each side exactly once") {
  for (const std::uint64_t points : {1ull, 7ull, 100ull, 5000ull}) {
    CAPTURE(points);
    const LatinHypercube design(points, {.seed = 11, .names = {"a", "b", "c"}});
    std::vector<std::vector<int>> hits(3, std::vector<int>(points));
    std::vector<double> point(3);
    for (std::uint64_t i = 0; i < points; ++i) {
      design.place(i, point);
      for (std::size_t k = 0; k < 3; ++k)
        ++hits[k].at(static_cast<std::size_t>(point[k] * static_cast<double>(points)));
    }
    for (const auto& side : hits) CHECK(std::ranges::all_of(side, [](int count) { return count == 1; }));
  }
}

TEST_CASE("sides are drawn apart and another parameter moves none of them") {
  const LatinHypercube two({1000}, {.seed = 1, .names = {"a", "b"}});
  const LatinHypercube three({1000}, {.seed = 1, .names = {"c", "a", "b"}});
  const LatinHypercube other({1000}, {.seed = 2, .names = {"a", "b"}});
  double product = 0.0;
  std::size_t moved = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    std::vector<double> x(2);
    std::vector<double> y(3);
    std::vector<double> z(2);
    two.place(i, x);
    three.place(i, y);
    other.place(i, z);
    CHECK(x[0] == y[1]);
    CHECK(x[1] == y[2]);
    moved += z[0] != x[0] ? 1 : 0;
    product += (x[0] - 0.5) * (x[1] - 0.5) / 1000.0;
  }
  CHECK(moved == 1000);
  CHECK(std::abs(product * 12.0) < 0.1);  // their correlation: 3 standard deviations
}

}  // namespace
}  // namespace chokepoint::analysis
