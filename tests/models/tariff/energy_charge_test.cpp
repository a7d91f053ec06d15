#include "models/tariff/energy_charge.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "models/tariff/load_builder.hpp"

namespace chokepoint::models {
namespace {

/// January 2018 at a constant power, and its bill on these tiers.
double january(double power_kw, std::vector<EnergyTier> tiers) {
  const auto load = make_load(at(2018, 1, 1), std::chrono::hours{1}, 744, [&](std::size_t) { return power_kw; });
  return bill_of(make_tariff(EnergyCharge({}, {std::move(tiers)})), load).total.units();
}

}  // namespace

TEST_CASE("tiers by kWh run over the month") {
  // 10 kW x 744 h = 7440 kWh: 1000 at 0.10, 4000 at 0.08, 2440 at 0.05.
  CHECK(january(10, {{.max = 1000, .rate = 0.10}, {.max = 5000, .rate = 0.08}, {.rate = 0.05}}) == 100 + 320 + 122);
}

TEST_CASE("tiers by kWh daily grow with the days of the month") {
  // 100 kWh a day x 31 = 3100 at 0.10, the other 4340 at 0.05.
  const auto unit = EnergyTierUnit::kwh_daily;
  CHECK(january(10, {{.max = 100, .unit = unit, .rate = 0.10}, {.unit = unit, .rate = 0.05}}) == 310 + 217);
}

TEST_CASE("tiers by kWh per kW grow with the highest demand") {
  // 200 kWh/kW x 10 kW = 2000 at 0.10, the other 5440 at 0.05.
  const auto unit = EnergyTierUnit::kwh_per_kw;
  CHECK(january(10, {{.max = 200, .unit = unit, .rate = 0.10}, {.unit = unit, .rate = 0.05}}) == 200 + 272);
}

TEST_CASE("tiers by kWh per kW daily grow with both") {
  // 4 kWh/kW/day x 10 kW x 31 = 1240 at 0.10, the other 6200 at 0.05.
  const auto unit = EnergyTierUnit::kwh_per_kw_daily;
  CHECK(january(10, {{.max = 4, .unit = unit, .rate = 0.10}, {.unit = unit, .rate = 0.05}}) == 124 + 310);
}

TEST_CASE("steps by kWh within a block by kWh per kW end with the block") {
  // Hours-use block of 200 kWh/kW (2000 kWh at 10 kW): 500 kWh at 0.12, 1500 at 0.09; beyond, 5440 at 0.05.
  const auto per_kw = EnergyTierUnit::kwh_per_kw;
  CHECK(january(10, {{.max = 200, .unit = per_kw, .rate = 9.0},
                     {.max = 500, .rate = 0.12},
                     {.max = 3000, .rate = 0.09},
                     {.rate = 0.07},
                     {.unit = per_kw, .rate = 0.05}}) == 60 + 135 + 272);
}

TEST_CASE("tiers run for each period unless they run across periods") {
  Schedule schedule;
  for (auto* table : {&schedule.weekday, &schedule.weekend})
    for (auto& day : *table)
      for (std::size_t hour = 12; hour < 24; ++hour) day[hour] = 1;
  const std::vector<EnergyTier> night{{.max = 1000, .rate = 0.10}, {.rate = 0.05}};
  const std::vector<EnergyTier> day{{.max = 1000, .rate = 0.20}, {.rate = 0.10}};
  const auto load = make_load(at(2018, 1, 1), std::chrono::hours{1}, 744, [](std::size_t) { return 10.0; });
  // 3720 kWh in each period: each fills its own first 1000 kWh.
  CHECK(bill_of(make_tariff(EnergyCharge(schedule, {night, day})), load).total.units() == 100 + 136 + 200 + 272);
  // Together they fill one first tier, half each.
  CHECK(bill_of(make_tariff(EnergyCharge(schedule, {night, day}, true)), load).total.units() ==
        50 + 3220 * 0.05 + 100 + 3220 * 0.10);
}

TEST_CASE("energy by time of use equals a sum over hours worked out another way") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    Draws draw{seed * 7919};
    Schedule schedule;
    for (auto* table : {&schedule.weekday, &schedule.weekend})
      for (auto& day : *table)
        for (auto& period : day) period = static_cast<std::uint16_t>(draw() * 3);
    const std::array<double, 3> rates{draw(), draw() - 0.5, draw()};
    const std::size_t quarters = 1 + static_cast<std::size_t>(draw() * 35040);
    const Instant start = at(2018, 1, 1) + std::chrono::hours{static_cast<int>(draw() * 8760)};
    const auto load = make_load(start, std::chrono::minutes{15}, quarters, [&](std::size_t) { return draw() * 1e3; });

    double expected = 0.0;
    for (std::size_t i = 0; i < quarters; ++i) {
      const std::int64_t seconds = (start + load.step * static_cast<std::int64_t>(i)).time_since_epoch().count();
      const std::int64_t days = seconds / 86400;
      const auto weekday = (days + 3) % 7;  // 1 January 1970 was a Thursday; 0 for Monday
      const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
      const auto& table = weekday >= 5 ? schedule.weekend : schedule.weekday;
      const auto period =
          table[static_cast<unsigned>(date.month()) - 1][static_cast<std::size_t>(seconds % 86400 / 3600)];
      expected += load.power_w[i] / 1e3 * 0.25 * rates[period];
    }
    const Tariff tariff =
        make_tariff(EnergyCharge(schedule, {{{.rate = rates[0]}}, {{.rate = rates[1]}}, {{.rate = rates[2]}}}));
    // Each of up to thirteen months is rounded to ten-thousandths.
    CHECK(std::abs(bill_of(tariff, load).total.units() - expected) < 1e-3);
  }
}

}  // namespace chokepoint::models
