#include "models/scheduling/tariff_aware.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

constexpr double hour_s = 3600.0;

/// 1 from 6 to 22 h, cheap otherwise; second 0 is midnight.
double day_price(double at_s, double cheap) {
  const double hour = std::fmod(at_s / hour_s, 24.0);
  return hour < 6.0 || hour >= 22.0 ? cheap : 1.0;
}

struct Alone {
  double submit_s = 0.0;
  double duration_s = 0.0;
  double patience_s = 12.0 * hour_s;
  double least_saving = 0.01;
};

/// When a job starts that has all GPUs for itself and asks again when it wants to.
double start_s(const Alone& job, PriceForecast& prices) {
  NodePool pool(1, 8);
  const auto placement = make_placement("best-fit");
  const TariffAware scheduler({.patience_s = job.patience_s, .least_saving = job.least_saving});
  WaitingQueue queue;
  queue.insert(job.submit_s, {.job = 1, .gpus = 8, .submit_s = job.submit_s, .duration_s = job.duration_s});
  double now_s = job.submit_s;
  for (int rounds = 0; rounds < 1000; ++rounds) {
    std::vector<Start> starts;
    DecisionRound round(now_s, queue, pool, *placement, {.available_w = 1e30, .per_gpu_w = 1.0}, starts,
                        {.prices = &prices});
    scheduler.decide(round);
    if (!starts.empty()) return now_s;
    REQUIRE(round.ask_again_s() > now_s);
    now_s = round.ask_again_s();
  }
  return -1.0;
}

PriceForecast two_prices(double cheap) {
  return PriceForecast({.price_at = [cheap](double at_s) { return day_price(at_s, cheap); }, .step_s = 900.0});
}

}  // namespace

TEST_CASE("a forecast sums its steps and names the dates at which the price changes") {
  PriceForecast prices = two_prices(0.25);
  CHECK(prices.cost(0.0, 24.0 * hour_s) == doctest::Approx((8.0 * 0.25 + 16.0) * hour_s));
  CHECK(prices.cost(5.5 * hour_s, 6.25 * hour_s) == doctest::Approx((0.5 * 0.25 + 0.25) * hour_s));
  std::vector<double> dates;
  prices.changes(6.0 * hour_s, 46.0 * hour_s, dates);
  CHECK(dates == std::vector<double>{22.0 * hour_s, 30.0 * hour_s, 46.0 * hour_s});
  // Steps that began before second 0: prices change at 10, 20, ... minutes and a half hour has one of each.
  PriceForecast shifted(
      {.price_at = [](double at_s) { return at_s < 1200.0 ? 1.0 : 2.0; }, .step_s = 1800.0, .first_step_s = -600.0});
  CHECK(shifted.cost(0.0, 2400.0) == doctest::Approx(1200.0 + 2400.0));
}

TEST_CASE("a job alone starts exactly at the cheap hour of a day of two prices") {
  PriceForecast prices = two_prices(0.25);
  CHECK(start_s({.submit_s = 12.0 * hour_s, .duration_s = hour_s}, prices) == 22.0 * hour_s);
  // Of 10 h the 8 cheap ones: at 20 h at the earliest.
  CHECK(start_s({.submit_s = 12.0 * hour_s, .duration_s = 10.0 * hour_s}, prices) == 20.0 * hour_s);
  CHECK(start_s({.submit_s = 23.0 * hour_s, .duration_s = hour_s}, prices) == 23.0 * hour_s);
  // Beyond its patience it is not cheap yet.
  CHECK(start_s({.submit_s = 9.0 * hour_s, .duration_s = hour_s, .patience_s = 12.0 * hour_s}, prices) == 9.0 * hour_s);
  // At 21:30, the last that its patience allows, half of it is cheap.
  CHECK(start_s({.submit_s = 9.5 * hour_s, .duration_s = hour_s}, prices) == 21.5 * hour_s);
  // To save three quarters is not enough.
  CHECK(start_s({.submit_s = 12.0 * hour_s, .duration_s = hour_s, .least_saving = 0.8}, prices) == 12.0 * hour_s);
}

TEST_CASE("a job alone never waits beyond its patience and never pays more than at once and else the least there is") {
  int waited = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    std::vector<double> hourly;
    for (int hour = 0; hour < 24 * 10; ++hour) hourly.push_back(static_cast<double>(chance() % 100) - 10.0);
    PriceForecast prices(
        {.price_at =
             [&](double at_s) { return hourly[std::min(static_cast<std::size_t>(at_s / hour_s), hourly.size() - 1)]; },
         .step_s = hour_s});
    const Alone job{.submit_s = static_cast<double>(chance() % (72 * 60)) * 60.0,
                    .duration_s = static_cast<double>(1 + chance() % (30 * 60)) * 60.0,
                    .patience_s = static_cast<double>(chance() % (48 * 60)) * 60.0,
                    .least_saving = 0.0};
    const double start = start_s(job, prices);
    REQUIRE(start >= job.submit_s);
    REQUIRE(start <= job.submit_s + job.patience_s);
    const double paid = prices.cost(start, start + job.duration_s);
    double least = prices.cost(job.submit_s, job.submit_s + job.duration_s);
    REQUIRE(paid <= least + 1e-6);
    // Durations and dates are whole minutes, and so is the best start.
    for (double at_s = job.submit_s; at_s <= job.submit_s + job.patience_s; at_s += 60.0)
      least = std::min(least, prices.cost(at_s, at_s + job.duration_s));
    REQUIRE(paid == doctest::Approx(least).epsilon(1e-6));
    waited += start > job.submit_s ? 1 : 0;
  }
  CHECK(waited > 150);
}

TEST_CASE("a flat price holds nobody") {
  PriceForecast prices({.price_at = [](double) { return 0.1; }, .step_s = 900.0});
  for (int minute = 0; minute < 3000; minute += 7)
    CHECK(start_s({.submit_s = 60.0 * minute, .duration_s = 997.0, .least_saving = 0.0}, prices) == 60.0 * minute);
}

}  // namespace chokepoint::models
