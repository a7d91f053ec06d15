#include "cli/terminal/short_number.hpp"

#include <limits>

#include <doctest/doctest.h>

namespace chokepoint::cli {

TEST_CASE("money and counts are told in thousands and millions and other units as they are") {
  CHECK(number_scale(9'999.0, "CNY").unit == "CNY");
  CHECK(number_scale(82'500.0, "CNY").unit == "k CNY");
  CHECK(number_scale(-2.3e6, "USD").unit == "M USD");
  CHECK(number_scale(46'304.0, "GPUs").unit == "k GPUs");
  CHECK(number_scale(46'304.0, "").unit == "k");
  CHECK(number_scale(46'304.0, "MWh").unit == "MWh");
  CHECK(number_scale(46'304.0, "CNY/d").divisor == 1.0);
}

TEST_CASE("a short number has its digits and no zeros at the end") {
  const NumberScale thousands = number_scale(82'500.0, "CNY");
  CHECK(short_text(82'500.0, thousands) == "82.5");
  CHECK(short_text(80'000.0, thousands) == "80");
  CHECK(short_text(-118'810.0, thousands) == "-119");
  CHECK(short_text(1'118'810.0, thousands) == "1,119");
  CHECK(short_text(1'118'810.0, thousands, 4) == "1,119");
  CHECK(short_text(99'999.0, thousands) == "100");
  CHECK(short_text(999'600.0, thousands) == "1,000");
  CHECK(short_text(0.0721, {}) == "0.0721");
  CHECK(short_text(-0.0, {}) == "0");
  CHECK(short_text(std::numeric_limits<double>::quiet_NaN(), {}) == "-");
}

}  // namespace chokepoint::cli
