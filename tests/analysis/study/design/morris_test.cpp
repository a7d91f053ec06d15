#include "analysis/study/design/morris.hpp"

#include <array>
#include <cmath>
#include <map>

#include <doctest/doctest.h>

#include "analysis/study/design/ishigami.hpp"

namespace chokepoint::analysis {
namespace {

std::vector<double> place(const Morris& design, std::uint64_t index, std::size_t sides) {
  std::vector<double> point(sides);
  design.place(index, point);
  return point;
}

TEST_CASE("a trajectory moves each parameter exactly once by delta and stays on the lattice") {
  for (const std::uint64_t levels : {2ull, 4ull, 6ull, 10ull}) {
    CAPTURE(levels);
    const Morris design({.trajectories = 300, .levels = levels}, {.seed = 9, .names = {"a", "b", "c", "d", "e"}});
    CHECK(design.points() == 300 * 6);
    const double delta = static_cast<double>(levels) / (2.0 * static_cast<double>(levels - 1));
    CHECK(design.delta() == doctest::Approx(delta).epsilon(1e-15));
    std::map<std::size_t, int> first_moved;
    std::map<double, int> at_level;
    int up = 0;
    for (std::uint64_t trajectory = 0; trajectory < 300; ++trajectory) {
      std::array<int, 5> moves{};
      for (std::uint64_t step = 0; step < 5; ++step) {
        const std::vector<double> before = place(design, trajectory * 6 + step, 5);
        const std::vector<double> after = place(design, trajectory * 6 + step + 1, 5);
        for (std::size_t i = 0; i < 5; ++i) {
          const double level = before[i] * static_cast<double>(levels - 1);
          CHECK(level == doctest::Approx(std::round(level)));
          if (step == 0) ++at_level[std::round(level)];
          if (before[i] == after[i]) continue;
          CHECK(std::abs(after[i] - before[i]) == doctest::Approx(delta).epsilon(1e-12));
          ++moves[i];
          up += after[i] > before[i] ? 1 : 0;
          if (step == 0) ++first_moved[i];
        }
      }
      for (const int count : moves) CHECK(count == 1);
    }
    // Orders, directions and levels are all alike likely; 4 standard deviations.
    CHECK(first_moved.size() == 5);
    for (const auto& [side, count] : first_moved) CHECK(std::abs(count - 60) < 28);
    CHECK(std::abs(up - 750) < 78);
    CHECK(at_level.size() == levels);
    const double expected = 1500.0 / static_cast<double>(levels);
    for (const auto& [level, count] : at_level) CHECK(std::abs(count - expected) < 4.0 * std::sqrt(expected));
  }
}

// Over a lattice of four levels the mean sizes of the effects are exact sums: with delta = 2/3 and sin = 0, -s, s, 0
// (s = sin(pi/3)), that of x1 is s (1 + b (pi^4 + (pi/3)^4) / 2) / delta, of x2 a s^2 / delta, and of x3
// b (pi^4 - (pi/3)^4) (s / 2) / delta (mu* of Campolongo et al. 2007).
TEST_CASE("the elementary effects of the Ishigami function follow from the points") {
  constexpr std::uint64_t trajectories = 4000;
  const Morris design({.trajectories = trajectories, .levels = 4}, {.seed = 2, .names = {"a", "b", "c"}});
  std::array<double, 3> sizes{};
  std::array<double, 3> means{};
  for (std::uint64_t i = 0; i < design.points(); ++i) {
    if (i % 4 == 3) continue;
    const std::vector<double> before = place(design, i, 3);
    const std::vector<double> after = place(design, i + 1, 3);
    for (std::size_t k = 0; k < 3; ++k) {
      if (before[k] == after[k]) continue;
      const double effect = (tests::ishigami(after) - tests::ishigami(before)) / (after[k] - before[k]);
      sizes[k] += std::abs(effect) / trajectories;
      means[k] += effect / trajectories;
    }
  }
  CHECK(sizes[0] == doctest::Approx(7.704).epsilon(0.03));
  CHECK(sizes[1] == doctest::Approx(7.875).epsilon(1e-9));
  CHECK(sizes[2] == doctest::Approx(6.249).epsilon(0.05));
  CHECK(means[0] == doctest::Approx(7.704).epsilon(0.03));
  CHECK(std::abs(means[1]) < 0.5);
  CHECK(std::abs(means[2]) < 0.6);
}

}  // namespace
}  // namespace chokepoint::analysis
