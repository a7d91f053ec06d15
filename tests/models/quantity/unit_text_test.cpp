#include "models/quantity/unit_text.hpp"

#include <doctest/doctest.h>

using namespace chokepoint::models;

namespace {
MeasuredNumber read(const char* text) {
  const auto parsed = parse_quantity(text);
  INFO(text);
  REQUIRE(std::holds_alternative<MeasuredNumber>(parsed));
  return std::get<MeasuredNumber>(parsed);
}
}  // namespace

TEST_CASE("a quantity is read to base units with its dimension") {
  CHECK(read("40 MW").value == 40e6);
  CHECK(read("40 MW").dimension == dimension::power);
  CHECK(read("0.45 CNY/kWh").value == doctest::Approx(0.45 / 3.6e6));
  CHECK(read("0.45 CNY/kWh").dimension == dimension::money_per_energy);
  CHECK(read("0.45 CNY/kWh").currency->code() == "CNY");
  CHECK(read("600GB/s").value == 600e9);
  CHECK(read("30 d").value == 30 * 86400.0);
  CHECK(read("0.57 kg/kWh").dimension == dimension::mass_per_energy);
  CHECK(read("5 %").value == doctest::Approx(0.05));
  CHECK(read("1.3").dimension == dimension::none);
  CHECK(read("-3 degC").value == -3.0);
}

TEST_CASE("a text that is no quantity says what was found") {
  for (const char* text : {"", "MW", "40 XW", "40 kmin", "4 CNY/USD", "1e999 W", "nan W", "40 MW/", "inf", "40 M"}) {
    INFO(text);
    CHECK(std::holds_alternative<UnitTextFault>(parse_quantity(text)));
  }
}
