#include "analysis/output/axis.hpp"

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

std::string labels(const std::vector<Tick>& ticks) {
  std::string text;
  for (const Tick& tick : ticks) text += (text.empty() ? "" : " | ") + tick.label;
  return text;
}

constexpr double day = 86400.0;

std::optional<models::LocalTime> at(const char* text) {
  return models::parse_iso_date(text)->local;
}

}  // namespace

TEST_CASE("values are marked at round numbers around the whole range") {
  CHECK(labels(value_ticks(0.0, 100.0, 4)) == "0 | 25 | 50 | 75 | 100");
  CHECK(labels(value_ticks(0.0, 0.93, 4)) == "0.00 | 0.25 | 0.50 | 0.75 | 1.00");
  CHECK(labels(value_ticks(-0.1, 0.3, 4)) == "-0.1 | 0.0 | 0.1 | 0.2 | 0.3");
  CHECK(labels(value_ticks(0.0, 47192.0, 4)) == "0 | 20,000 | 40,000 | 60,000");
  CHECK(labels(value_ticks(0.0, 0.0, 4)) == "0.00 | 0.25 | 0.50 | 0.75 | 1.00");
}

TEST_CASE("times are marked on the calendar") {
  CHECK(labels(time_ticks(0, 365 * day, at("2026-01-01"), 6)) == "Jan 2026 | Apr | Jul | Oct | Jan 2027");
  CHECK(labels(time_ticks(0, 2 * day, at("2026-02-27T18:00"), 4)) == "28 Feb 2026 | 12:00 | 1 Mar | 12:00");
  CHECK(labels(time_ticks(0, 21 * day, at("2023-10-17"), 3)) == "17 Oct 2023 | 24 Oct | 31 Oct | 7 Nov");
  CHECK(labels(time_ticks(0, 3000 * day, at("2020-06-01"), 5)) == "2022 | 2024 | 2026 | 2028");
}

TEST_CASE("times without a date are marked by durations") {
  CHECK(labels(time_ticks(0, day, std::nullopt, 4)) == "0 h | 6 h | 12 h | 18 h | 24 h");
  CHECK(labels(time_ticks(0, 100 * day, std::nullopt, 5)) == "0 d | 20 d | 40 d | 60 d | 80 d | 100 d");
}

TEST_CASE("no time has no marks") {
  CHECK(time_ticks(5, 5, std::nullopt, 4).empty());
}

}  // namespace chokepoint::analysis
