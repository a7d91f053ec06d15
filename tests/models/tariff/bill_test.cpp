#include "models/tariff/bill.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "models/tariff/basic_charge.hpp"
#include "models/tariff/carbon.hpp"
#include "models/tariff/demand_charge.hpp"
#include "models/tariff/energy_charge.hpp"
#include "models/tariff/fixed_charge.hpp"
#include "models/tariff/load_builder.hpp"
#include "models/tariff/minimum_charge.hpp"
#include "models/tariff/monthly_adder_charge.hpp"
#include "models/tariff/power_factor_charge.hpp"
#include "models/tariff/price_series_charge.hpp"

namespace chokepoint::models {
namespace {

using std::chrono::minutes;

EnergyCharge one_price(double per_kwh) {
  return EnergyCharge({}, {{{.rate = per_kwh}}});
}

DemandCharge one_demand(double per_kw) {
  return DemandCharge({.name = "flat demand",
                       .schedule = {},
                       .periods = {{{.rate = per_kw}}},
                       .unit = {},
                       .basis = DemandCharge::Basis::billing});
}

LoadSeries constant(Instant start, std::size_t count, double power_kw) {
  return make_load(start, std::chrono::hours{1}, count, [=](std::size_t) { return power_kw; });
}

const TimeZone berlin("Europe/Berlin", {{Instant::min(), std::chrono::hours{1}},
                                        {at(2018, 3, 25, 1), std::chrono::hours{2}},
                                        {at(2018, 10, 28, 1), std::chrono::hours{1}}});

}  // namespace

TEST_CASE("a blended rate is arithmetic") {
  const Bill bill = bill_of(make_tariff(one_price(0.12), one_demand(20)), constant(at(2018, 1, 1), 8760, 37.5));
  CHECK(bill.lines[0].total.units() == 39420.0);
  CHECK(bill.lines[1].total.units() == 9000.0);
  CHECK(bill.total.units() == 48420.0);
  CHECK(bill.average_price() == doctest::Approx(48420.0 / 328500.0));
}

TEST_CASE("total lines and months agree exactly for any load") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    Draws draw{seed * 6700417};
    const auto load =
        make_load(at(2018, 1, 1) + std::chrono::hours{static_cast<int>(draw() * 8000)}, minutes{15},
                  1 + static_cast<std::size_t>(draw() * 20000), [&](std::size_t) { return draw() * 977.0; });
    const Bill bill =
        bill_of(make_tariff(one_price(draw() - 0.2), one_demand(draw() * 9), FixedCharge(draw() * 99, Per::day),
                            PowerFactorCharge(0.9), MinimumCharge(draw() * 1e5, Per::month),
                            MinimumCharge(draw() * 1e6, Per::year)),
                load, {.power_factor = 0.5 + draw() / 2});
    Money by_lines;
    Money by_months;
    for (const BillLine& line : bill.lines) {
      Money sum;
      for (const Money amount : line.by_month) sum += amount;
      CHECK(sum == line.total);
      by_lines += line.total;
    }
    double energy_kwh = 0.0;
    for (const BillMonth& month : bill.months) {
      by_months += month.total;
      energy_kwh += month.energy_kwh;
    }
    CHECK(by_lines == bill.total);
    CHECK(by_months == bill.total);
    double expected_kwh = 0.0;
    for (const double power_w : load.power_w) expected_kwh += power_w / 4000.0;
    CHECK(energy_kwh == doctest::Approx(expected_kwh).epsilon(1e-12));
  }
}

TEST_CASE("the bill of energy is additive over loads and over time") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Draws draw{seed * 15485863};
    const Tariff tariff = make_tariff(one_price(draw()));
    const auto whole =
        make_load(at(2018, 5, 3), std::chrono::hours{1}, 2000, [&](std::size_t) { return draw() * 100; });
    LoadSeries one = whole;
    LoadSeries other = whole;
    for (std::size_t i = 0; i < whole.power_w.size(); ++i) {
      one.power_w[i] *= draw();
      other.power_w[i] = whole.power_w[i] - one.power_w[i];
    }
    const double total = bill_of(tariff, whole).total.units();
    // Each amount of a month is rounded to ten-thousandths: at most four months in each of three bills.
    CHECK(std::abs(bill_of(tariff, one).total.units() + bill_of(tariff, other).total.units() - total) < 1e-3);
    const auto cut = static_cast<std::ptrdiff_t>(draw() * 2000);
    LoadSeries before{
        .start = whole.start, .step = whole.step, .power_w = {whole.power_w.begin(), whole.power_w.begin() + cut}};
    LoadSeries after{
        .start = before.end(), .step = whole.step, .power_w = {whole.power_w.begin() + cut, whole.power_w.end()}};
    if (before.power_w.empty() || after.power_w.empty()) continue;
    CHECK(std::abs(bill_of(tariff, before).total.units() + bill_of(tariff, after).total.units() - total) < 1e-3);
  }
}

TEST_CASE("a bill does not depend on how finely a constant load is sampled") {
  Tariff tariff = make_tariff(one_price(0.1), one_demand(10), FixedCharge(5, Per::month));
  tariff.demand_window = minutes{30};
  const Bill by_hour = bill_of(tariff, constant(at(2018, 1, 1), 8760, 12.0));
  for (const int step : {1, 5, 20, 40, 90, 120, 1440}) {
    CAPTURE(step);
    const auto load = make_load(at(2018, 1, 1), minutes{step}, 525600 / static_cast<std::size_t>(step),
                                [](std::size_t) { return 12.0; });
    CHECK(bill_of(tariff, load).total == by_hour.total);
  }
}

TEST_CASE("a month that is covered in part pays fixed charges by share and demand in full") {
  const Tariff tariff =
      make_tariff(one_demand(10), FixedCharge(31, Per::month), FixedCharge(2, Per::day), FixedCharge(1200, Per::year));
  const Bill bill = bill_of(tariff, constant(at(2018, 1, 22), 240, 7));
  CHECK(bill.months[0].share == doctest::Approx(10.0 / 31.0));
  CHECK(bill.lines[0].total.units() == 70.0);
  CHECK(bill.lines[1].total.units() == 10.0);
  CHECK(bill.lines[2].total.units() == 20.0);
  CHECK(bill.lines[3].total.units() == doctest::Approx(100.0 * 10 / 31).epsilon(1e-5));
}

TEST_CASE("fixed charges of whole months are exact in a leap year too") {
  const Bill bill =
      bill_of(make_tariff(FixedCharge(30, Per::month), FixedCharge(1, Per::day), FixedCharge(365.25, Per::year)),
              constant(at(2024, 1, 1), 8784, 1));
  CHECK(bill.months.size() == 12);
  CHECK(bill.lines[0].total.units() == 360.0);
  CHECK(bill.lines[1].total.units() == 366.0);
  CHECK(bill.lines[2].total.units() == 365.25);
  CHECK(bill.months[1].energy_kwh == 696.0);
}

TEST_CASE("days of a clock change have 23 and 25 hours and months keep their share") {
  const auto load = constant(at(2017, 12, 31, 23), 8760, 1.0);
  const Bill bill = bill_of(make_tariff(one_price(1), FixedCharge(30, Per::month)), load, {}, berlin);
  REQUIRE(bill.months.size() == 12);
  CHECK(bill.months[2].energy_kwh == 743.0);
  CHECK(bill.months[9].energy_kwh == 745.0);
  CHECK(bill.lines[1].total.units() == 360.0);
  Schedule night;
  night.weekday.fill({});
  for (auto* table : {&night.weekday, &night.weekend})
    for (auto& day : *table) day[2] = 1;
  const Bill by_hour = bill_of(make_tariff(EnergyCharge(night, {{{.rate = 0}}, {{.rate = 1}}})), load, {}, berlin);
  CHECK(by_hour.months[2].total.units() == 30.0);
  CHECK(by_hour.months[9].total.units() == 32.0);
}

TEST_CASE("holidays are rest days") {
  Schedule rest;
  for (auto& day : rest.weekend) day.fill(1);
  const Tariff tariff = make_tariff(EnergyCharge(rest, {{{.rate = 1}}, {{.rate = 0}}}));
  const auto week = constant(at(2018, 1, 1), 168, 1.0);
  CHECK(bill_of(tariff, week).total.units() == 120.0);
  const std::chrono::local_days tuesday{std::chrono::year{2018} / 1 / 2};
  CHECK(bill_of(tariff, week, {.holidays = {tuesday}}).total.units() == 96.0);
}

TEST_CASE("prices of intervals meet steps of another length and may be negative") {
  PriceSeries series{.start = at(2018, 1, 1), .interval = minutes{30}, .price_per_kwh = {}};
  for (int i = 0; i < 48; ++i) series.price_per_kwh.push_back(i % 2 == 0 ? 0.10 : -0.04);
  const Tariff tariff = make_tariff(PriceSeriesCharge(series, 0.01));
  CHECK(metering_step(tariff) == minutes{15});
  CHECK(bill_of(tariff, constant(at(2018, 1, 1), 24, 100)).total.units() == doctest::Approx(24 * 50 * (0.11 - 0.03)));
  const auto second_halves =
      make_load(at(2018, 1, 1), minutes{30}, 48, [](std::size_t i) { return i % 2 == 0 ? 0.0 : 100.0; });
  CHECK(bill_of(tariff, second_halves).total.units() == doctest::Approx(24 * 50 * -0.03));
  CHECK(billing_refusals(tariff, constant(at(2018, 1, 1), 25, 1), {}, {}).size() == 1);
}

TEST_CASE("a minimum adds what the month or the year lacks") {
  const auto load = year_by_month([](unsigned month) { return month == 0 ? 10.0 : 1.0; });
  const Bill monthly = bill_of(make_tariff(one_price(0.1), MinimumCharge(100, Per::month)), load);
  CHECK(monthly.months[0].total.units() == 744.0);
  CHECK(monthly.months[1].total.units() == 100.0);
  // 744 + 8016 x 0.1 = 1545.6 in the year.
  CHECK(bill_of(make_tariff(one_price(0.1), MinimumCharge(2000, Per::year)), load).total.units() == 2000.0);
  CHECK(bill_of(make_tariff(one_price(0.1), MinimumCharge(1500, Per::year)), load).total.units() == 1545.6);
}

TEST_CASE("fuel adjustments follow the month") {
  const Bill bill = bill_of(make_tariff(MonthlyAdderCharge({0.01, -0.02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})),
                            constant(at(2018, 1, 1), 1416, 1));
  CHECK(bill.months[0].total.units() == 7.44);
  CHECK(bill.months[1].total.units() == -13.44);
}

TEST_CASE("the two-part tariff charges demand or capacity and adjusts by power factor") {
  const Tariff tariff =
      make_tariff(one_price(0.5), BasicCharge({.price_per_kw = 39, .price_per_kva = 24.4}), PowerFactorCharge(0.9));
  const auto load = constant(at(2026, 1, 1), 744, 1000);
  CHECK(bill_of(tariff, load).total.units() == 372000 + 39000);
  const BillingOptions capacity{.capacity_kva = 2000, .basic_option = BasicOption::capacity};
  const Bill by_capacity = bill_of(tariff, load, capacity);
  CHECK(by_capacity.total.units() == 372000 + 48800);
  CHECK(by_capacity.lines[1].name == "capacity");
  CHECK(bill_of(tariff, load, {.power_factor = 0.85}).total.units() == doctest::Approx(411000 * 1.025));
  CHECK(bill_of(tariff, load, {.power_factor = 1.0}).total.units() == doctest::Approx(411000 * (1 - 0.0075)));
  CHECK(billing_refusals(tariff, load, {}, {.basic_option = BasicOption::capacity}).size() == 1);
}

TEST_CASE("the power-factor table") {
  CHECK(power_factor_share(0.90, 0.90) == 0.0);
  CHECK(power_factor_share(0.89, 0.90) == doctest::Approx(0.005));
  CHECK(power_factor_share(0.70, 0.90) == doctest::Approx(0.10));
  CHECK(power_factor_share(0.50, 0.90) == doctest::Approx(0.10));
  CHECK(power_factor_share(0.92, 0.90) == doctest::Approx(-0.003));
  CHECK(power_factor_share(0.95, 0.90) == doctest::Approx(-0.0075));
  CHECK(power_factor_share(1.00, 0.90) == doctest::Approx(-0.0075));
}

TEST_CASE("a load that cannot be billed is refused with every reason") {
  const Tariff tariff = make_tariff(one_price(1));
  CHECK(billing_refusals(tariff, {}, {}, {}).size() == 1);
  const auto broken =
      make_load(at(2018, 1, 1), std::chrono::seconds{7}, 10, [](std::size_t i) { return i == 3 ? -1.0 : 1.0; });
  CHECK(billing_refusals(tariff, broken, {}, {.power_factor = 1.2}).size() == 3);
  CHECK_THROWS(bill_of(tariff, broken));
}

TEST_CASE("carbon is energy times intensity") {
  CHECK(carbon_kg(kilowatt_hours(1000), {0.57 / joules_per_kwh}) == doctest::Approx(570.0));
}

}  // namespace chokepoint::models
