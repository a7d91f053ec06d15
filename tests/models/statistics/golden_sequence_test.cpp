#include "models/statistics/golden_sequence.hpp"

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

TEST_CASE("the first points of the golden sequence lie evenly whatever their number") {
  for (const std::uint32_t count : {5u, 37u, 200u, 1000u}) {
    std::vector<double> points;
    for (std::uint32_t i = 0; i < count; ++i) points.push_back(golden_point(0.37, i));
    std::ranges::sort(points);
    double widest = points.front() + 1.0 - points.back();
    for (std::size_t i = 1; i < points.size(); ++i) widest = std::max(widest, points[i] - points[i - 1]);
    CHECK(widest < 2.0 / count);
    CHECK(points.front() > 0.0);
    CHECK(points.back() < 1.0);
  }
}

}  // namespace
}  // namespace chokepoint::models
