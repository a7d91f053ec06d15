#include "models/tariff/demand_charge.hpp"

#include <doctest/doctest.h>

#include "models/tariff/coincident_event_charge.hpp"
#include "models/tariff/load_builder.hpp"
#include "models/tariff/reactive_charge.hpp"

namespace chokepoint::models {
namespace {

using std::chrono::minutes;
using Basis = DemandCharge::Basis;

Tariff flat_demand(double rate, DemandUnit unit = {}) {
  return make_tariff(DemandCharge(
      {.name = "flat demand", .schedule = {}, .periods = {{{.rate = rate}}}, .unit = unit, .basis = Basis::billing}));
}

/// One day with 5 kW in its last twelve hours and a highest demand of 10 kW in its first.
LoadSeries day_of_two_halves() {
  return make_load(at(2018, 1, 1), std::chrono::hours{1}, 24, [](std::size_t hour) {
    return hour >= 12 ? 5.0 : hour == 3 ? 10.0 : 2.0;
  });
}

}  // namespace

TEST_CASE("each period is charged on its own highest demand") {
  // NREL ssc, lib_utility_rate_equations_test: 5 kW at 20 and 10 kW at 10 come to 200.0.
  Schedule schedule;
  for (auto& day : schedule.weekday)
    for (std::size_t hour = 0; hour < 12; ++hour) day[hour] = 1;
  const Tariff tariff = make_tariff(
      DemandCharge({.name = "time-of-use demand",
                    .schedule = schedule,
                    .periods = {{{.max = 100, .rate = 20}, {.rate = 15}}, {{.max = 100, .rate = 10}, {.rate = 5}}}}));
  CHECK(bill_of(tariff, day_of_two_halves()).total.units() == 200.0);
}

TEST_CASE("demand is the average over its window and windows begin on the hour") {
  // Quarters of 0 0 40 40 kW in each hour.
  const auto load = make_load(at(2018, 1, 1), minutes{15}, 96, [](std::size_t i) { return i % 4 >= 2 ? 40.0 : 0.0; });
  Tariff tariff = flat_demand(1.0);
  const auto billed = [&](minutes window) {
    tariff.demand_window = window;
    return bill_of(tariff, load).total.units();
  };
  CHECK(billed(minutes{0}) == 40.0);
  CHECK(billed(minutes{5}) == 40.0);
  CHECK(billed(minutes{15}) == 40.0);
  CHECK(billed(minutes{30}) == 40.0);
  CHECK(billed(minutes{60}) == 20.0);
}

TEST_CASE("a step that is longer than the window stands for its windows") {
  Tariff tariff = flat_demand(2.0);
  tariff.demand_window = minutes{15};
  const auto load =
      make_load(at(2018, 1, 1), std::chrono::hours{1}, 24, [](std::size_t hour) { return static_cast<double>(hour); });
  CHECK(bill_of(tariff, load).total.units() == 46.0);
}

TEST_CASE("a daily unit is charged on each day") {
  const auto load =
      make_load(at(2018, 1, 1), std::chrono::hours{1}, 48, [](std::size_t hour) { return hour == 5 ? 10.0 : 4.0; });
  CHECK(bill_of(flat_demand(1.0, {.daily = true}), load).total.units() == 14.0);
}

TEST_CASE("apparent and mechanical power are charged in their units") {
  const auto load = make_load(at(2018, 1, 1), std::chrono::hours{1}, 24, [](std::size_t) { return 90.0; });
  CHECK(bill_of(flat_demand(2.0, {.of = DemandUnit::Of::kva}), load, {.power_factor = 0.9}).total.units() == 200.0);
  CHECK(bill_of(flat_demand(2.0, {.of = DemandUnit::Of::kva}), load).total.units() == 180.0);
  CHECK(bill_of(flat_demand(1.0, {.of = DemandUnit::Of::hp}), load).total.units() ==
        doctest::Approx(90.0 / 0.7457).epsilon(1e-5));
  // A power factor of 0.8 is 0.75 kVAr for each kW.
  CHECK(bill_of(make_tariff(ReactiveCharge(0.4)), load, {.power_factor = 0.8}).total.units() == doctest::Approx(27.0));
}

TEST_CASE("demand at the peaks of the system counts only in their hours") {
  const CoincidentEvent event{.hours = {{at(2018, 1, 1, 6), at(2018, 1, 1, 8)}, {at(2018, 2, 1), at(2018, 2, 1, 1)}},
                              .price_per_kw = 3.0};
  const auto load = make_load(at(2018, 1, 1), std::chrono::hours{1}, 24 * 59, [](std::size_t hour) {
    return hour == 3 ? 100.0 : hour == 7 ? 20.0 : 10.0;
  });
  const Bill bill = bill_of(make_tariff(CoincidentEventCharge({event})), load);
  CHECK(bill.months[0].total.units() == 60.0);
  CHECK(bill.months[1].total.units() == 0.0);
}

TEST_CASE("a period without hours in a month costs nothing") {
  Schedule schedule = Schedule::by_month({0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  const Tariff tariff = make_tariff(DemandCharge({.name = "demand",
                                                  .schedule = schedule,
                                                  .periods = {{{.rate = 1.0}}, {{.rate = 100.0}}},
                                                  .basis = Basis::ratcheted}));
  const Bill bill = bill_of(tariff, year_by_month([](unsigned) { return 10.0; }));
  CHECK(bill.months[0].total.units() == 10.0);
  CHECK(bill.months[1].total.units() == 1000.0);
}

}  // namespace chokepoint::models
