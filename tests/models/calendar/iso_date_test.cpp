#include "models/calendar/iso_date.hpp"

#include <doctest/doctest.h>

using namespace chokepoint::models;

TEST_CASE("a date is written as it was read") {
  for (const char* text : {"2023-10-17T00:00:00", "2024-02-29T23:59:59", "1999-12-31T08:30:00"})
    CHECK(format_date_time(parse_iso_date(text)->local) == text);
  CHECK(format_date(parse_iso_date("2023-10-17")->local) == "2023-10-17");
}

TEST_CASE("an offset moves the instant and not the wall clock") {
  const auto east = parse_iso_date("2023-10-17T08:00:00+08:00");
  CHECK(east->at(TimeZone{}) == parse_iso_date("2023-10-17T00:00Z")->at(TimeZone{}));
  CHECK(format_date_time(east->local) == "2023-10-17T08:00:00");
}

TEST_CASE("a date that does not exist is refused") {
  for (const char* text : {"2023-02-29", "2023-13-01", "2023-00-10", "2023-1-1", "2023-10-17T24:00", "2023-10-17x",
                           "17.10.2023", "", "2023-10-17T08:00+99:00"}) {
    INFO(text);
    CHECK_FALSE(parse_iso_date(text).has_value());
  }
}

TEST_CASE("wall-clock time across a change of offset") {
  using namespace std::chrono;
  const Instant spring{sys_days{2023y / March / 26} + 1h};
  const TimeZone berlin("Berlin", {{Instant::min(), 1h}, {spring, 2h}});
  CHECK(berlin.to_instant(parse_iso_date("2023-03-26T01:30")->local) == spring - 30min);
  CHECK(berlin.to_instant(parse_iso_date("2023-03-26T02:30")->local) == spring);
  CHECK(berlin.to_instant(parse_iso_date("2023-03-26T03:30")->local) == spring + 30min);
  CHECK(format_date_time(berlin.to_local(spring)) == "2023-03-26T03:00:00");
}
