#include "cli/terminal/change_text.hpp"

#include <doctest/doctest.h>

namespace chokepoint::cli {

using analysis::Interval;

TEST_CASE("a change has the digits that its interval bears") {
  CHECK(percent_text({.mean = 0.1234, .interval = Interval{0.0912, 0.1561}}) == "+12 % (9 to 16)");
  CHECK(percent_text({.mean = 0.1234, .interval = Interval{0.1218, 0.1251}}) == "+12.3 % (12.2 to 12.5)");
  CHECK(percent_text({.mean = -0.5, .interval = Interval{-0.9, -0.1}}) == "-50 % (-90 to -10)");
  CHECK(percent_text({.mean = 0.0001, .interval = Interval{-0.04, 0.0402}}) == "+0 % (-4 to 4)");
  CHECK(percent_text({.mean = 25.0, .interval = Interval{20.0, 30.0}}) == "+2,500 % (2,000 to 3,000)");
}

TEST_CASE("a change that is told is not told as zero") {
  CHECK(percent_text({.mean = 2e-9}) == "+0.000000200 %");
  CHECK(percent_text({.mean = 2e-9, .interval = Interval{0.8e-9, 3.2e-9}}) == "+0.0000002 % (0.0000001 to 0.0000003)");
}

TEST_CASE("a change without a width has no interval") {
  CHECK(percent_text({.mean = 0.2}) == "+20.0 %");
  CHECK(percent_text({.mean = 0.2, .interval = Interval{0.2 - 1e-15, 0.2}}) == "+20.0 %");
  CHECK(percent_text({.mean = -0.001234}) == "-0.123 %");
  CHECK(percent_text({.mean = 2.5}) == "+250 %");
  CHECK(amount_text({.mean = -1234.5, .interval = Interval{-1234.5, -1234.5}}, "CNY") == "-1,234");
}

TEST_CASE("an amount is told in the figures of its unit") {
  CHECK(amount_text({.mean = 1234.5, .interval = Interval{1000.0, 1469.0}}, "CNY") == "+1,234 (1,000 to 1,469)");
  CHECK(amount_text({.mean = 12.5, .interval = Interval{10.0, 15.0}}, "CNY") == "+12.50 (10.00 to 15.00)");
  CHECK(amount_text({.mean = 0.0, .interval = Interval{0.0, 0.0}}, "MWh") == "0");
}

TEST_CASE("an interval that holds zero is within chance and one without width is not") {
  CHECK(within_chance({.mean = 1.0, .interval = Interval{-1.0, 3.0}}));
  CHECK_FALSE(within_chance({.mean = 2.0, .interval = Interval{1.0, 3.0}}));
  CHECK_FALSE(within_chance({.mean = 0.0, .interval = Interval{0.0, 0.0}}));
  CHECK_FALSE(within_chance({.mean = 1.0}));
}

}  // namespace chokepoint::cli
