#include "cli/terminal/figure_text.hpp"

#include <limits>

#include <doctest/doctest.h>

namespace chokepoint::cli {
namespace {

std::string text_of(double value, std::string unit = "") {
  return figure_text({"k", "l", std::move(unit), value});
}

}  // namespace

TEST_CASE("numbers show about four digits that count") {
  CHECK(text_of(398765.4321) == "398,765");
  CHECK(text_of(1234567890.7) == "1,234,567,891");
  CHECK(text_of(999.96) == "1,000");
  CHECK(text_of(123.456) == "123.5");
  CHECK(text_of(12.3456) == "12.35");
  CHECK(text_of(0.731234) == "0.7312");
  CHECK(text_of(0.0123456) == "0.01235");
  CHECK(text_of(-0.5) == "-0.5000");
  CHECK(text_of(1e-7) == "1.000e-07");
  CHECK(text_of(1e18) == "1.000e+18");
}

TEST_CASE("whole numbers stay whole and money shows its hundredths") {
  CHECK(text_of(64.0) == "64");
  CHECK(text_of(0.0) == "0");
  CHECK(text_of(379199043.84, "CNY") == "379,199,043.84");
  CHECK(text_of(-1234.5, "USD") == "-1,234.50");
  CHECK(text_of(0.4567, "CNY/kWh") == "0.4567");
  CHECK(figure_text({"k", "l", "", std::int64_t{47192}}) == "47,192");
}

TEST_CASE("what is no number is shown as such") {
  CHECK(text_of(std::numeric_limits<double>::quiet_NaN()) == "-");
  CHECK(text_of(std::numeric_limits<double>::infinity()) == "unbounded");
}

TEST_CASE("durations show their two largest units") {
  CHECK(duration_text(0.4) == "0 s");
  CHECK(duration_text(59.0) == "59 s");
  CHECK(duration_text(60.0) == "1 min");
  CHECK(duration_text(61.0) == "1 min 1 s");
  CHECK(duration_text(12345.678) == "3 h 26 min");
  CHECK(duration_text(7199.0) == "2 h");
  CHECK(duration_text(86399.0) == "1 d");
  CHECK(duration_text(90000.0) == "1 d 1 h");
  CHECK(duration_text(-90.0) == "-1 min 30 s");
}

}  // namespace chokepoint::cli
