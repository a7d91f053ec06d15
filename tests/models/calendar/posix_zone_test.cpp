#include "models/calendar/posix_zone.hpp"

#include <initializer_list>

#include <doctest/doctest.h>

// Dates from calendars; the texts are those of the IANA database, 2025b.

namespace chokepoint::models {

using namespace std::chrono;

TEST_CASE("Europe changes its clocks at one o clock universal time on the last Sundays of March and October") {
  const auto berlin = parse_posix_zone("CET-1CEST,M3.5.0,M10.5.0/3");
  REQUIRE(berlin);
  const auto [begin, end] = berlin->changes.value();
  CHECK(begin.in(2023y) == sys_days{2023y / March / 26} + 1h);
  CHECK(end.in(2023y) == sys_days{2023y / October / 29} + 1h);
  CHECK(begin.in(2060y) == sys_days{2060y / March / 28} + 1h);
  CHECK(begin.offset_after == 2h);
  CHECK(end.offset_after == 1h);
}

TEST_CASE("clocks west of Greenwich and south of the equator change by the same rules") {
  const auto new_york = parse_posix_zone("EST5EDT,M3.2.0,M11.1.0");
  REQUIRE(new_york);
  CHECK(new_york->changes.value()[0].in(2026y) == sys_days{2026y / March / 8} + 7h);
  CHECK(new_york->changes.value()[1].in(2026y) == sys_days{2026y / November / 1} + 6h);
  const auto sydney = parse_posix_zone("AEST-10AEDT,M10.1.0,M4.1.0/3");
  REQUIRE(sydney);
  CHECK(sydney->changes.value()[0].in(2026y) == sys_days{2026y / October / 3} + 16h);
}

TEST_CASE("quoted names and times before and after the day are read") {
  const auto nuuk = parse_posix_zone("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
  REQUIRE(nuuk);
  CHECK(nuuk->changes.value()[0].in(2026y) == sys_days{2026y / March / 29} + 1h);
  const auto jerusalem = parse_posix_zone("IST-2IDT,M3.4.4/26,M10.5.0");
  REQUIRE(jerusalem);
  CHECK(jerusalem->changes.value()[0].in(2026y) == sys_days{2026y / March / 27});
  const auto dublin = parse_posix_zone("IST-1GMT0,M10.5.0,M3.5.0/1");
  REQUIRE(dublin);
  CHECK(dublin->changes.value()[0].offset_after == 0h);
}

TEST_CASE("a clock that never changes has no changes and other texts are refused") {
  REQUIRE(parse_posix_zone("<+0330>-3:30"));
  CHECK_FALSE(parse_posix_zone("<+0330>-3:30")->changes);
  for (const char* text : {"", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,J1,J2",
                           "CET-1CEST,M3.5.0,M10.5.0/3 ", "CET-1CEST,M3.0.0,M10.5.7"})
    CHECK_FALSE(parse_posix_zone(text));
}

}  // namespace chokepoint::models
