#include "sim/workload/synthetic_source.hpp"

#include <cmath>
#include <map>

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

constexpr double hour_s = 3600.0;
constexpr double day_s = 86400.0;
constexpr std::size_t week_hours = 168;

/// 2023-01-02, a Monday, in universal time.
const models::Instant monday = std::chrono::sys_days{std::chrono::year{2023} / 1 / 2};

std::vector<Job> all_of(const SyntheticSetup& setup, const SyntheticSource::Place& place) {
  SyntheticSource source(setup, place);
  std::vector<Job> jobs;
  for (Job job; source.next(job);) jobs.push_back(job);
  return jobs;
}

/// Office hours with a break, and short Saturdays.
models::RateProfile office() {
  models::RateProfile profile;
  for (std::size_t hour = 0; hour < 24; ++hour) profile.by_hour[hour] = hour < 7 ? 1.0 : hour == 12 ? 4.0 : 8.0;
  profile.by_weekday = {10, 11, 12, 11, 9, 4, 3};
  return profile;
}

/// Sum of (counted - expected)^2 / expected over the hours of the week, for jobs of `weeks` weeks whose expected number
/// in an hour of the week is that of the profile's weights, shifted by `shift` hours.
double chi_square(const std::vector<Job>& jobs, double weeks, std::size_t shift) {
  std::vector<double> counted(week_hours, 0.0);
  for (const Job& job : jobs) counted[static_cast<std::size_t>(job.submit_s / hour_s) % week_hours] += 1.0;
  const models::RateProfile profile = office();
  double hours = 0.0;
  for (const double weight : profile.by_hour) hours += weight / 24.0;
  double weekdays = 0.0;
  for (const double weight : profile.by_weekday) weekdays += weight / 7.0;
  double sum = 0.0;
  for (std::size_t hour = 0; hour < week_hours; ++hour) {
    const std::size_t at = (hour + shift) % week_hours;
    // One job a minute on average.
    const double expected = 60.0 * weeks * profile.by_hour[at % 24] / hours * profile.by_weekday[at / 24] / weekdays;
    sum += (counted[hour] - expected) * (counted[hour] - expected) / expected;
  }
  return sum;
}

}  // namespace

TEST_CASE("arrivals by the hour of the week are Poisson with the mean that the weights give") {
  constexpr double weeks = 4.0;
  constexpr std::uint64_t seeds = 20;
  double sum = 0.0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    CAPTURE(seed);
    const auto jobs = all_of({.mean_interval_s = 60.0, .profile = office(), .until_s = weeks * 7 * day_s},
                             {.seed = seed, .stream = "x", .start = monday});
    const double statistic = chi_square(jobs, weeks, 0);
    // 168 degrees of freedom: mean 168 and variance 336; quantiles .0001 and .9999 are 108 and 245.
    CHECK(statistic > 108.0);
    CHECK(statistic < 245.0);
    sum += statistic;
    // An hour off is seen at once.
    CHECK(chi_square(jobs, weeks, 1) > 1000.0);
  }
  const double freedom = seeds * static_cast<double>(week_hours);
  CHECK(std::abs(sum - freedom) < 3.0 * std::sqrt(2.0 * freedom));
}

TEST_CASE("arrivals follow the clock of the site") {
  models::RateProfile profile;
  profile.by_hour.fill(0.0);
  profile.by_hour[9] = 1.0;
  const auto jobs =
      all_of({.mean_interval_s = 60.0, .profile = profile, .until_s = 7 * day_s},
             {.stream = "x", .zone = models::TimeZone::fixed("Asia/Shanghai", std::chrono::hours{8}), .start = monday});
  REQUIRE(jobs.size() > 9000);
  for (const Job& job : jobs) {
    const double of_day_s = std::fmod(job.submit_s, day_s);
    CHECK(of_day_s >= 1.0 * hour_s);
    CHECK(of_day_s <= 2.0 * hour_s);
  }
}

TEST_CASE("arrivals that grow by 100 % a year are twice as many after one") {
  const double year_s = models::RateProfile::year_s;
  double first = 0.0;
  double later = 0.0;
  double all = 0.0;
  constexpr std::uint64_t seeds = 10;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const auto jobs = all_of({.mean_interval_s = 600.0, .profile = {.growth_per_year = 1.0}, .until_s = 1.25 * year_s},
                             {.seed = seed, .stream = "x", .start = monday});
    for (const Job& job : jobs) {
      if (job.submit_s < year_s / 4.0) first += 1.0;
      if (job.submit_s >= year_s) later += 1.0;
    }
    all += static_cast<double>(jobs.size());
  }
  // Two Poisson counts: their ratio has a relative standard error of sqrt(1 / a + 1 / b), .3 % here.
  CHECK(later / first == doctest::Approx(2.0).epsilon(3.0 * std::sqrt(1.0 / first + 1.0 / later)));
  const double expected = seeds * year_s / 600.0 * (std::exp2(1.25) - 1.0) / std::log(2.0);
  CHECK(std::abs(all - expected) < 3.0 * std::sqrt(expected));
}

TEST_CASE("a flat profile gives the arrivals of none to the last bit") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    SyntheticSetup setup{.mean_interval_s = 100.0, .log_sd = 1.3, .sizes = {{1, 3.0}, {8, 1.0}}, .jobs = 2000};
    const SyntheticSource::Place place{.seed = seed, .stream = "fleets/a", .start = monday};
    const auto plain = all_of(setup, place);
    setup.profile.by_hour.fill(3.7);
    setup.profile.by_weekday.fill(0.1);
    const auto flat = all_of(setup, place);
    REQUIRE(plain.size() == flat.size());
    // What a stream of the same name gives when one draws it oneself: intervals as they were before profiles.
    RandomStream arrivals(seed, 0, "fleets/a/arrivals");
    double time_s = 0.0;
    for (std::size_t job = 0; job < plain.size(); ++job) {
      CHECK(plain[job].submit_s == flat[job].submit_s);
      CHECK(plain[job].duration_s == flat[job].duration_s);
      CHECK(plain[job].gpus == flat[job].gpus);
      CHECK(plain[job].submit_s == (time_s += arrivals.exponential(100.0)));
    }
  }
}

TEST_CASE("a profile moves dates and neither sizes nor durations") {
  SyntheticSetup setup{.mean_interval_s = 100.0, .sizes = {{1, 3.0}, {8, 1.0}}, .jobs = 500};
  const SyntheticSource::Place place{.seed = 5, .stream = "x", .start = monday};
  const auto plain = all_of(setup, place);
  setup.profile = office();
  const auto office_jobs = all_of(setup, place);
  for (std::size_t job = 0; job < plain.size(); ++job) {
    CHECK(plain[job].duration_s == office_jobs[job].duration_s);
    CHECK(plain[job].gpus == office_jobs[job].gpus);
  }
  CHECK(plain.back().submit_s != office_jobs.back().submit_s);
}

TEST_CASE("each size has the durations and the priority that it is given") {
  SyntheticSetup setup{.median_duration_s = 100.0, .log_sd = 0.5, .jobs = 40000};
  setup.sizes = {{.gpus = 1, .weight = 3.0},
                 {.gpus = 8, .weight = 1.0, .median_duration_s = 1000.0, .log_sd = 1.0, .priority = 7}};
  // E[g d] by hand: (3 * 1 * 100 e^.125 + 1 * 8 * 1000 e^.5) / 4 in 60 s.
  CHECK(setup.offered_gpus() ==
        doctest::Approx((300.0 * std::exp(0.125) + 8000.0 * std::exp(0.5)) / 4.0 / 60.0).epsilon(1e-12));
  std::map<std::int32_t, std::vector<double>> logs;
  for (const Job& job : all_of(setup, {.seed = 2, .stream = "x"})) {
    CHECK(job.priority == (job.gpus == 8 ? 7 : 0));
    logs[job.gpus].push_back(std::log(job.duration_s));
  }
  const auto check = [&](std::int32_t gpus, double median_s, double sd) {
    const std::vector<double>& values = logs[gpus];
    const auto n = static_cast<double>(values.size());
    double sum = 0.0;
    double squares = 0.0;
    for (const double value : values) {
      sum += value - std::log(median_s);
      squares += (value - std::log(median_s)) * (value - std::log(median_s));
    }
    CHECK(std::abs(sum / n) < 3.5 * sd / std::sqrt(n));
    CHECK(squares / n == doctest::Approx(sd * sd).epsilon(3.5 * std::sqrt(2.0 / n)));
  };
  check(1, 100.0, 0.5);
  check(8, 1000.0, 1.0);
  const auto large = static_cast<double>(logs[8].size());
  CHECK(std::abs(large - 10000.0) < 3.5 * std::sqrt(40000.0 * 0.25 * 0.75));
}

TEST_CASE("users have the jobs of their shares, and no other draw knows of them") {
  SyntheticSetup setup{.mean_interval_s = 100.0, .sizes = {{.gpus = 1, .weight = 3.0}, {.gpus = 8, .priority = 7}}};
  setup.jobs = 40000;
  SyntheticSource::Place place{.seed = 3, .stream = "x"};
  const auto plain = all_of(setup, place);
  setup.users = {{.name = "a", .share = 5.0}, {.name = "b", .share = 2.0}, {.name = "c", .share = 1.0}};
  place.marks = {{.owner = 4}, {.owner = 0, .priority = 10}, {.owner = 2}};
  const auto owned = all_of(setup, place);
  REQUIRE(owned.size() == plain.size());
  std::map<std::uint32_t, double> jobs;
  std::map<std::uint32_t, double> large;
  // The stream of their own.
  RandomStream users(3, 0, "x/users");
  for (std::size_t job = 0; job < plain.size(); ++job) {
    CHECK(owned[job].submit_s == plain[job].submit_s);
    CHECK(owned[job].duration_s == plain[job].duration_s);
    CHECK(owned[job].gpus == plain[job].gpus);
    CHECK(owned[job].priority == plain[job].priority + (owned[job].owner == 0 ? 10 : 0));
    const double share = 8.0 * users.uniform();
    CHECK(owned[job].owner == (share < 5.0 ? 4 : share < 7.0 ? 0 : 2));
    jobs[owned[job].owner] += 1.0;
    if (owned[job].gpus == 8) large[owned[job].owner] += 1.0;
  }
  const auto check = [](double counted, double of, double share) {
    CAPTURE(share);
    CHECK(std::abs(counted - of * share) < 3.5 * std::sqrt(of * share * (1.0 - share)));
  };
  const double all_large = large[4] + large[0] + large[2];
  for (const auto& [owner, share] : {std::pair{4U, 5.0 / 8.0}, {0U, 2.0 / 8.0}, {2U, 1.0 / 8.0}}) {
    check(jobs[owner], 40000.0, share);
    check(large[owner], all_large, share);
  }
}

}  // namespace chokepoint::sim
