#include "models/power/wet_bulb.hpp"

#include <doctest/doctest.h>

using namespace chokepoint::models;
using namespace std::chrono;

namespace {
constexpr WetBulbClimate beijing{.mean_c = 9.5, .half_range_c = 14.0};
}

TEST_CASE("26 July is the warmest day and shows mean plus half-range") {
  const LocalTime noon = local_days(2023y / July / 26) + 12h;
  CHECK(wet_bulb_c(beijing, noon) == doctest::Approx(23.5));
  for (LocalTime t = local_days(2023y / January / 1); t < LocalTime(local_days(2024y / January / 1)); t += hours(1))
    CHECK(wet_bulb_c(beijing, t) <= wet_bulb_c(beijing, noon));
}

TEST_CASE("the mean over a year is the annual mean") {
  for (const int year_of : {2023, 2024}) {
    double sum = 0.0;
    int count = 0;
    const LocalTime end = local_days(year(year_of + 1) / January / 1);
    for (LocalTime t = local_days(year(year_of) / January / 1); t < end; t += hours(1), ++count)
      sum += wet_bulb_c(beijing, t);
    CHECK(sum / count == doctest::Approx(9.5));
  }
}

TEST_CASE("the temperature holds for the whole of an hour") {
  const LocalTime hour = local_days(2023y / April / 3) + 7h;
  CHECK(wet_bulb_c(beijing, hour) == wet_bulb_c(beijing, hour + 59min + 59s));
  CHECK(wet_bulb_c(beijing, hour) != wet_bulb_c(beijing, hour + 1h));
}
