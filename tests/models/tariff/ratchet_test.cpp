#include "models/tariff/ratchet.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "models/tariff/demand_charge.hpp"
#include "models/tariff/load_builder.hpp"

namespace chokepoint::models {

TEST_CASE("billing demand with shares by looked-back month and by own month") {
  // NREL ssc, test of utilityrate5 billing demand: 1092.5 kW in every month but August, 1150 there.
  const std::array<double, 12> peaks{1200, 1100, 900, 700, 800, 950, 1050, 1150, 850, 400, 600, 750};
  Ratchet ratchet{.months = 11, .minimum_kw = 500};
  for (std::size_t month = 0; month < 12; ++month) {
    const bool summer = month >= 5 && month <= 8;
    ratchet.back_share[month] = summer ? 0.95 : 0.60;
    ratchet.own_share[month] = summer ? 1.0 : 0.0;
  }
  const auto from = std::chrono::year{2018} / 1;
  const auto billing = billing_demands(ratchet, from, peaks, {.previous_peaks_kw = peaks});
  for (std::size_t month = 0; month < 12; ++month) {
    CAPTURE(month);
    CHECK(billing[month] == doctest::Approx(month == 7 ? 1150.0 : 1092.5).epsilon(1e-12));
  }
  CHECK(billing_demands(ratchet, from, peaks, {.year_repeats = true}) == billing);
}

TEST_CASE("a look-back over the year bills a share of its highest demand") {
  // In the form of REopt's look-back test: 100 x (10.5 + .35 x 10.5 x 5 + .35 x 11.5 x 6) = 5302.50.
  Tariff tariff = make_tariff(DemandCharge({.name = "flat demand",
                                            .schedule = Schedule::by_month({0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0}),
                                            .periods = {{{.rate = 10.5}}, {{.rate = 11.5}}},
                                            .basis = DemandCharge::Basis::billing}));
  tariff.ratchet.emplace().back_share.fill(0.35);
  for (const unsigned month : {0U, 1U, 2U, 9U, 10U, 11U}) {
    CAPTURE(month);
    const LoadSeries load = year_by_month([&](unsigned m) { return m == month ? 100.0 : 1.0; });
    CHECK(bill_of(tariff, load, {.year_repeats = true}).total.units() == 5302.5);
  }
}

TEST_CASE("a new connection has nothing to look back on") {
  Ratchet ratchet;
  ratchet.back_share.fill(0.8);
  const std::vector<double> peaks{10, 100, 20, 20};
  CHECK(billing_demands(ratchet, std::chrono::year{2018} / 11, peaks, {}) == std::vector<double>{10, 100, 80, 80});
}

TEST_CASE("a look-back ends after its months") {
  Ratchet ratchet{.months = 2};
  ratchet.back_share.fill(0.5);
  const std::vector<double> peaks{100, 10, 10, 10};
  CHECK(billing_demands(ratchet, std::chrono::year{2018} / 1, peaks, {}) == std::vector<double>{100, 50, 50, 10});
}

TEST_CASE("billing demand never falls when a demand rises") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    Draws draw{seed * 104729};
    Ratchet ratchet{.months = 1 + static_cast<int>(draw() * 12), .minimum_kw = draw() * 50};
    for (double& share : ratchet.back_share) share = draw();
    std::vector<double> peaks(30);
    for (double& peak : peaks) peak = draw() * 100;
    const auto before = billing_demands(ratchet, std::chrono::year{2018} / 3, peaks, {.year_repeats = true});
    peaks[static_cast<std::size_t>(draw() * 30)] += 50;
    const auto after = billing_demands(ratchet, std::chrono::year{2018} / 3, peaks, {.year_repeats = true});
    for (std::size_t i = 0; i < peaks.size(); ++i) CHECK(after[i] >= before[i]);
  }
}

}  // namespace chokepoint::models
