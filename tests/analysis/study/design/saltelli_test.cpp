#include "analysis/study/design/saltelli.hpp"

#include <array>
#include <cmath>

#include <doctest/doctest.h>

#include "analysis/study/design/ishigami.hpp"

namespace chokepoint::analysis {
namespace {

const DesignChance chance{.seed = 5, .names = {"a", "b", "c"}};

std::vector<double> place(const Saltelli& design, std::uint64_t index) {
  std::vector<double> point(3);
  design.place(index, point);
  return point;
}

TEST_CASE("each block has its two samples and one exchanged column a point") {
  const Saltelli first({.base = 50}, chance);
  CHECK(first.points() == 50 * 5);
  const Saltelli second({.base = 50, .second_order = true}, chance);
  CHECK(second.points() == 50 * 8);
  for (std::uint64_t block = 0; block < 50; ++block) {
    const std::vector<double> a = place(second, block * 8);
    const std::vector<double> b = place(second, block * 8 + 7);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(a[i] != b[i]);
      std::vector<double> ab = a;
      ab[i] = b[i];
      CHECK(place(second, block * 8 + 1 + i) == ab);
      CHECK(place(first, block * 5 + 1 + i) == ab);
      std::vector<double> ba = b;
      ba[i] = a[i];
      CHECK(place(second, block * 8 + 4 + i) == ba);
    }
    CHECK(place(first, block * 5 + 4) == b);
  }
}

// Indices of the Ishigami function in closed form (Saltelli et al. 2008, "Global sensitivity analysis", 4.9):
// S = .3139, .4424, 0; S_T = .5576, .4424, .2437; S_13 = .2437. Estimators: Saltelli et al. 2010, table 2 (b) and (f);
// Saltelli 2002 for pairs.
TEST_CASE("the indices of the Ishigami function follow from the points") {
  constexpr std::uint64_t base = 8192;
  const Saltelli design({.base = base, .second_order = true}, chance);
  double sum = 0.0;
  double squares = 0.0;
  double products = 0.0;
  std::array<double, 3> first{};
  std::array<double, 3> total{};
  double pair = 0.0;
  for (std::uint64_t block = 0; block < base; ++block) {
    std::array<double, 8> f{};
    for (std::uint64_t j = 0; j < 8; ++j) f[j] = tests::ishigami(place(design, block * 8 + j));
    const double a = f[0];
    const double b = f[7];
    sum += a + b;
    squares += a * a + b * b;
    products += a * b;
    for (std::size_t i = 0; i < 3; ++i) {
      first[i] += b * (f[1 + i] - a);
      total[i] += (a - f[1 + i]) * (a - f[1 + i]) / 2.0;
    }
    pair += f[4 + 2] * f[1 + 0];
  }
  const double variance = squares / (2.0 * base) - std::pow(sum / (2.0 * base), 2);
  CHECK(variance == doctest::Approx(13.8446).epsilon(0.01));  // a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2
  for (std::size_t i = 0; i < 3; ++i) {
    CAPTURE(i);
    CHECK(std::abs(first[i] / base / variance - std::array{0.3139, 0.4424, 0.0}[i]) < 0.01);
    CHECK(std::abs(total[i] / base / variance - std::array{0.5576, 0.4424, 0.2437}[i]) < 0.01);
  }
  const double closed = (pair - products) / base / variance;
  CHECK(std::abs(closed - (first[0] + first[2]) / base / variance - 0.2437) < 0.02);
}

}  // namespace
}  // namespace chokepoint::analysis
