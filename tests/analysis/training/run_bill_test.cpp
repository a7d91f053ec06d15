#include "analysis/training/run_bill.hpp"

#include <doctest/doctest.h>

#include "sim/calendar/time_zone_database.hpp"
#include "sim/input/fault.hpp"
#include "sim/tariff/tariff_catalogue.hpp"

namespace chokepoint::analysis {
namespace {
using namespace std::chrono_literals;

const models::TimeZone shanghai = sim::load_time_zone("Asia/Shanghai");

SteadyLoad ten_megawatts(double days) {
  return {.power_w = 10e6,
          .duration_s = days * 86400.0,
          .start = shanghai.to_instant(std::chrono::local_days{2026y / 1 / 1})};
}

}  // namespace

// Hubei, January 2026: 4,634,699.64 CNY of energy and 390,000 of demand.
TEST_CASE("ten megawatts in January cost on Hubei's two-part tariff what its prices add up to") {
  const models::Bill bill = bill_of(ten_megawatts(31.0), sim::read_tariff("hubei-2026-01-110kv"), shanghai);
  CHECK(bill.total.units() == doctest::Approx(5024699.64));
  CHECK(bill.months.size() == 1);
}

TEST_CASE("a run that ends within a metering step is billed for all of its energy and no more") {
  const models::Tariff flat = sim::read_tariff("yangquan-flat");
  const SteadyLoad load = ten_megawatts(40.0123);
  const models::Bill bill = bill_of(load, flat, shanghai);
  CHECK(bill.energy_kwh == doctest::Approx(1e4 * 40.0123 * 24.0));
  CHECK(bill.total.units() == doctest::Approx(0.45 * bill.energy_kwh));
  CHECK(bill.months.size() == 2);
}

TEST_CASE("a run of more than a hundred years is not billed") {
  CHECK_THROWS_AS(bill_of(ten_megawatts(40000.0), sim::read_tariff("yangquan-flat"), shanghai), sim::InputError);
}

}  // namespace chokepoint::analysis
