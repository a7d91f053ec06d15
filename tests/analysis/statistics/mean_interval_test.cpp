#include "analysis/statistics/mean_interval.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {
namespace {

constexpr int studies = 500;

double width(const MeanInterval& mean) {
  return mean.interval->high - mean.interval->low;
}

bool covers(const MeanInterval& mean, double truth) {
  return mean.interval->low <= truth && truth <= mean.interval->high;
}

/// Ten replicates of two courses: what both have in common, and what each has of its own.
struct Draws {
  std::vector<double> base;
  std::vector<double> other;
};

/// base = common + luck, other = common + luck of its own + `shift`.
Draws normal_draws(std::uint64_t study, double shift, double common_sd) {
  Draws draws;
  for (std::uint32_t replicate = 0; replicate < 10; ++replicate) {
    const double common = common_sd * sim::RandomStream(study, replicate, "common").normal();
    draws.base.push_back(100.0 + common + sim::RandomStream(study, replicate, "base").normal());
    draws.other.push_back(100.0 + shift + common + sim::RandomStream(study, replicate, "other").normal());
  }
  return draws;
}

}  // namespace

TEST_CASE("an interval is that of Student's table") {
  // Mean 3, s = sqrt(2.5), n = 5; t(4; .95) = 2.131847 (NIST/SEMATECH, Critical Values of the Student's t
  // Distribution).
  const MeanInterval five = mean_interval(std::vector{1.0, 2.0, 3.0, 4.0, 5.0});
  const double half = 2.131847 * std::sqrt(2.5 / 5.0);
  CHECK(five.mean == 3.0);
  CHECK(five.interval->low == doctest::Approx(3.0 - half).epsilon(1e-6));
  CHECK(five.interval->high == doctest::Approx(3.0 + half).epsilon(1e-6));
}

TEST_CASE("one value has no interval and equal ones have no width") {
  CHECK_FALSE(mean_interval(std::vector{4.0}).interval);
  CHECK_FALSE(paired_difference(std::vector{4.0}, std::vector{5.0}).interval);
  CHECK_FALSE(unpaired_difference(std::vector{4.0}, std::vector{5.0, 6.0}).interval);
  const std::vector same(7, 0.1);
  CHECK(mean_interval(same).interval == Interval{0.1, 0.1});
  CHECK(paired_difference(same, std::vector(7, 0.3)).interval == Interval{0.3 - 0.1, 0.3 - 0.1});
  CHECK(unpaired_difference(same, same).interval == Interval{0.0, 0.0});
}

TEST_CASE("unpaired differences have the degrees of freedom of Welch") {
  // By hand: variances 2.5 and 40, squared errors .5 and 8; freedom 8.5^2 / (.25 / 4 + 64 / 4) = 4.498.
  const std::vector base{1.0, 2.0, 3.0, 4.0, 5.0};
  const std::vector other{12.0, 4.0, 20.0, 8.0, 16.0};
  const MeanInterval difference = unpaired_difference(base, other);
  CHECK(difference.mean == doctest::Approx(9.0));
  // Between t(4) = 2.1318 and t(5) = 2.0150.
  const double t = width(difference) / 2.0 / std::sqrt(8.5);
  CHECK(t > 2.0150);
  CHECK(t < 2.1318);
}

TEST_CASE("with the two swapped signs change and widths do not") {
  for (std::uint64_t study = 1; study <= 100; ++study) {
    const Draws draws = normal_draws(study, 3.0, 10.0);
    for (const auto difference : {paired_difference, unpaired_difference}) {
      const MeanInterval there = difference(draws.base, draws.other);
      const MeanInterval back = difference(draws.other, draws.base);
      CHECK(back.mean == -there.mean);
      CHECK(back.interval == Interval{-there.interval->high, -there.interval->low});
    }
  }
}

TEST_CASE("paired intervals hold the known difference as often as they say and are narrower than unpaired ones") {
  int held = 0;
  int narrower = 0;
  int unpaired_held = 0;
  for (std::uint64_t study = 1; study <= studies; ++study) {
    const Draws draws = normal_draws(study, 3.0, 10.0);
    const MeanInterval paired = paired_difference(draws.base, draws.other);
    const MeanInterval unpaired = unpaired_difference(draws.base, draws.other);
    held += covers(paired, 3.0);
    unpaired_held += covers(unpaired, 3.0);
    narrower += width(paired) < width(unpaired);
  }
  MESSAGE("held by paired ", held, ", by unpaired ", unpaired_held, " of ", studies);
  CHECK(held >= 0.87 * studies);
  CHECK(held <= 0.93 * studies);
  CHECK(narrower == studies);
  // What is common to both stays in the unpaired ones: they are wider than they need to be.
  CHECK(unpaired_held > 0.99 * studies);
}

TEST_CASE("unpaired intervals of independent draws hold the known difference as often as they say") {
  int held = 0;
  for (std::uint64_t study = 1; study <= studies; ++study) {
    const Draws draws = normal_draws(study, 3.0, 0.0);
    held += covers(unpaired_difference(draws.base, draws.other), 3.0);
  }
  CHECK(held >= 0.87 * studies);
  CHECK(held <= 0.93 * studies);
}

TEST_CASE("intervals of skewed costs hold a known ratio's difference once there are enough replicates") {
  // Log-normal with sigma .3 has mean exp(.045); the other course costs twice as much in each draw.
  const double truth = std::exp(0.045);
  int held = 0;
  for (std::uint64_t study = 1; study <= studies; ++study) {
    std::vector<double> base;
    std::vector<double> other;
    for (std::uint32_t replicate = 0; replicate < 30; ++replicate) {
      const double cost = sim::RandomStream(study, replicate, "cost").log_normal(0.0, 0.3);
      base.push_back(cost);
      other.push_back(2.0 * cost);
    }
    held += covers(paired_difference(base, other), truth);
  }
  CHECK(held >= 0.87 * studies);
  CHECK(held <= 0.93 * studies);
}

}  // namespace chokepoint::analysis
