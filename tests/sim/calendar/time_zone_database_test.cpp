#include "sim/calendar/time_zone_database.hpp"

#include <doctest/doctest.h>

#include "models/calendar/iso_date.hpp"

namespace chokepoint::sim {
namespace {

using namespace std::chrono;
const models::Instant from = sys_days{2020y / January / 1};

}  // namespace

TEST_CASE("zones of the database show the time of their places") {
  CHECK(load_time_zone("Asia/Shanghai").offset_at(from) == 8h);
  CHECK(load_time_zone("Asia/Kolkata").offset_at(from) == 5h + 30min);
  CHECK(load_time_zone("UTC").offset_at(from) == 0s);
  const models::TimeZone berlin = load_time_zone("Europe/Berlin");
  const models::Instant spring = sys_days{2023y / March / 26} + 1h;
  CHECK(berlin.offset_at(spring - 1s) == 1h);
  CHECK(berlin.offset_at(spring) == 2h);
  CHECK(berlin.next_change(spring) == sys_days{2023y / October / 29} + 1h);
}

TEST_CASE("a clock changes in every year of a century as in the last that the database lists") {
  const models::TimeZone berlin = load_time_zone("Europe/Berlin");
  const models::TimeZone shanghai = load_time_zone("Asia/Shanghai");
  for (year y = 2023y; y <= 2200y; ++y) {
    CHECK(berlin.offset_at(sys_days{y / July / 1}) == 2h);
    CHECK(berlin.offset_at(sys_days{y / December / 1}) == 1h);
    CHECK(berlin.next_change(sys_days{y / July / 1}) == sys_days{y / October / Sunday[last]} + 1h);
    CHECK(shanghai.offset_at(sys_days{y / July / 1}) == 8h);
  }
}

TEST_CASE("an unknown zone is refused with a near name") {
  CHECK(is_time_zone("America/New_York"));
  CHECK_FALSE(is_time_zone("Asia/Shangai"));
  try {
    load_time_zone("Asia/Shangai");
    FAIL("no fault");
  } catch (const InputError& error) {
    CHECK(error.faults()[0].hint == "did you mean \"Asia/Shanghai\"?");
  }
}

}  // namespace chokepoint::sim
