#include "models/workload/rate_profile.hpp"

#include <cmath>
#include <limits>
#include <random>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

constexpr double hour_s = 3600.0;
constexpr double day_s = 86400.0;

/// 2023-01-02, a Monday, in universal time.
const Instant monday = std::chrono::sys_days{std::chrono::year{2023} / 1 / 2};
/// An hour forward at 2023-03-26T01:00Z.
const TimeZone berlin("Europe/Berlin",
                      {{Instant::min(), std::chrono::hours{1}},
                       {std::chrono::sys_days{std::chrono::year{2023} / 3 / 26} + std::chrono::hours{1},
                        std::chrono::hours{2}}});

RateProfile random_profile(std::mt19937_64& chance) {
  const auto uniform = [&] { return static_cast<double>(chance() >> 11) * 0x1.0p-53; };
  RateProfile profile;
  for (double& weight : profile.by_hour) weight = uniform() < 0.2 ? 0.0 : uniform();
  for (double& weight : profile.by_weekday) weight = uniform() < 0.2 ? 0.0 : uniform();
  profile.by_hour[chance() % 24] = 1.0;
  profile.by_weekday[chance() % 7] = 1.0;
  profile.growth_per_year = chance() % 3 == 0 ? 0.0 : 3.0 * uniform() - 0.7;
  return profile;
}

}  // namespace

TEST_CASE("a profile's rate is the product of its weights over their means on the wall clock") {
  RateProfile profile;
  profile.by_hour.fill(0.0);
  profile.by_hour[9] = 3.0;
  profile.by_hour[10] = 1.0;
  profile.by_weekday = {2, 1, 1, 1, 1, 1, 0};
  const RateClock utc(profile, {}, monday);
  CHECK(utc.rate(9.5 * hour_s) == doctest::Approx(18.0 * 2.0));
  CHECK(utc.rate(day_s + 10.0 * hour_s) == doctest::Approx(6.0));
  CHECK(utc.rate(6 * day_s + 9.5 * hour_s) == 0.0);
  CHECK(utc.rate(8.0 * hour_s) == 0.0);
  CHECK(profile.peak() == doctest::Approx(36.0));
  // Half past three in Kolkata is ten o'clock in universal time.
  const RateClock kolkata(profile, TimeZone::fixed("Asia/Kolkata", std::chrono::seconds(19800)), monday);
  CHECK(kolkata.rate(3.6 * hour_s) == doctest::Approx(36.0));
  CHECK(kolkata.rate(3.4 * hour_s) == 0.0);
  CHECK(kolkata.integral(3.0 * hour_s, 4.0 * hour_s) == doctest::Approx(36.0 * hour_s / 2.0));
}

TEST_CASE("an hour that the clock skips does not count") {
  RateProfile profile;
  profile.by_hour[2] = 5.0;
  const RateClock clock(profile, berlin,
                        std::chrono::sys_days{std::chrono::year{2023} / 3 / 25} + std::chrono::hours{23});
  const double mean = 28.0 / 24.0;
  CHECK(clock.integral(0.0, 23.0 * hour_s) == doctest::Approx(23.0 * hour_s / mean));
  CHECK(clock.integral(23.0 * hour_s, 47.0 * hour_s) == doctest::Approx(24.0 * hour_s));
}

TEST_CASE("a week of any profile without growth holds its mean") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    RateProfile profile = random_profile(chance);
    profile.growth_per_year = 0.0;
    const RateClock clock(profile, {}, monday);
    CHECK(clock.integral(12345.6, 12345.6 + 7 * day_s) == doctest::Approx(7 * day_s).epsilon(1e-12));
  }
}

TEST_CASE("a rate that grows by 100 % a year is twice as high after one") {
  const RateClock clock({.growth_per_year = 1.0}, {}, monday);
  CHECK(clock.rate(0.0) == 1.0);
  CHECK(clock.rate(RateProfile::year_s) == doctest::Approx(2.0).epsilon(1e-12));
  CHECK(clock.rate(2 * RateProfile::year_s) == doctest::Approx(4.0).epsilon(1e-12));
  CHECK(clock.integral(0.0, RateProfile::year_s) ==
        doctest::Approx(RateProfile::year_s / std::log(2.0)).epsilon(1e-12));
}

TEST_CASE("the integral of a profile is what a sum of small steps gives") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    const RateClock clock(random_profile(chance), berlin, monday);
    // Minutes whose middles miss the full hours.
    const double from_s = 60.0 * static_cast<double>(chance() % 5000);
    const double to_s = from_s + 60.0 * static_cast<double>(1 + chance() % 20000);
    double sum_s = 0.0;
    for (double at_s = from_s; at_s < to_s; at_s += 60.0) sum_s += 60.0 * clock.rate(at_s + 30.0);
    CHECK(clock.integral(from_s, to_s) == doctest::Approx(sum_s).epsilon(1e-9));
  }
}

TEST_CASE("the date that reach gives is where the integral is what was asked") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    RateClock clock(random_profile(chance), seed % 2 == 0 ? berlin : TimeZone{}, monday);
    double at_s = 0.0;
    for (int event = 0; event < 50; ++event) {
      const double amount_s = std::exp(static_cast<double>(chance() % 15));
      const double next_s = clock.reach(at_s, amount_s);
      if (next_s == std::numeric_limits<double>::infinity()) break;
      CHECK(next_s > at_s);
      CHECK(clock.integral(at_s, next_s) == doctest::Approx(amount_s).epsilon(1e-8));
      at_s = next_s;
    }
  }
}

TEST_CASE("a rate that halves each year never brings more than its whole integral") {
  RateClock clock({.growth_per_year = -0.5}, {}, monday);
  const double all_s = RateProfile::year_s / std::log(2.0);
  CHECK(clock.reach(0.0, 0.99 * all_s) < 7 * RateProfile::year_s);
  CHECK(clock.reach(0.0, 1.01 * all_s) == std::numeric_limits<double>::infinity());
}

TEST_CASE("equal weights count as none to the last digit") {
  RateProfile profile;
  profile.by_hour.fill(0.1);
  profile.by_weekday.fill(0.7);
  RateClock clock(profile, berlin, monday);
  for (double at_s = 0.0, step_s = 0.1; at_s < 1e7; at_s += step_s, step_s *= 1.7)
    CHECK(clock.reach(at_s, step_s) == at_s + step_s);
}

}  // namespace chokepoint::models
