#include "sim/site/step_integral.hpp"

#include <limits>
#include <numeric>
#include <random>

#include <doctest/doctest.h>

namespace chokepoint::sim {

TEST_CASE("a quantity's averages are its integral over each step and the last over what was reached") {
  StepIntegral integral(10.0);
  integral.add(0.0, 5.0, 2.0);
  integral.add(5.0, 25.0, 4.0);
  CHECK(integral.averages() == std::vector{3.0, 4.0, 4.0});
  CHECK(integral.averages_over_whole_steps() == std::vector{3.0, 4.0, 2.0});
}

TEST_CASE("a piece that ends with a step begins no other") {
  StepIntegral integral(10.0);
  integral.add(0.0, 20.0, 1.0);
  CHECK(integral.averages() == std::vector{1.0, 1.0});
}

TEST_CASE("a step after one without a limit has the limit that stood in it") {
  constexpr double none = std::numeric_limits<double>::infinity();
  StepIntegral limit_w(10.0);
  limit_w.add(0.0, 20.0, none);
  limit_w.add(20.0, 30.0, 5.0);
  CHECK(limit_w.averages() == std::vector{none, none, 5.0});
}

TEST_CASE("an integral does not depend on how the time was cut") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    StepIntegral whole(7.0);
    StepIntegral cut(7.0);
    StepIntegral other_step(3.0);
    double from_s = 0.0;
    for (int piece = 0; piece < 100; ++piece) {
      const auto value = static_cast<double>(chance() % 100);
      const double to_s = from_s + static_cast<double>(chance() % 400) / 16.0;
      whole.add(from_s, to_s, value);
      other_step.add(from_s, to_s, value);
      const double between_s = std::midpoint(from_s, to_s);
      cut.add(from_s, between_s, value);
      cut.add(between_s, to_s, value);
      from_s = to_s;
    }
    const auto averages = whole.averages_over_whole_steps();
    const auto others = other_step.averages_over_whole_steps();
    CHECK(cut.averages_over_whole_steps() == averages);
    CHECK(std::accumulate(averages.begin(), averages.end(), 0.0) * 7.0 ==
          doctest::Approx(std::accumulate(others.begin(), others.end(), 0.0) * 3.0).epsilon(1e-12));
  }
}

}  // namespace chokepoint::sim
