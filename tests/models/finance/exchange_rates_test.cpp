#include "models/finance/exchange_rates.hpp"

#include <chrono>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

Instant day(unsigned number) {
  return Instant(std::chrono::days(number));
}

ExchangeRates yuan_with_dollars() {
  ExchangeRates rates(*find_currency("CNY"));
  rates.set(*find_currency("USD"), {{.from = day(10), .rate = 7.0}, {.from = day(20), .rate = 7.2}});
  return rates;
}

}  // namespace

TEST_CASE("an amount is converted at the last rate before its date") {
  const ExchangeRates rates = yuan_with_dollars();
  const Currency dollar = *find_currency("USD");
  const Money hundred = Money::from_units(100.0);
  CHECK(rates.convert(hundred, dollar, day(10)) == Money::from_units(700.0));
  CHECK(rates.convert(hundred, dollar, day(20) - std::chrono::seconds(1)) == Money::from_units(700.0));
  CHECK(rates.convert(hundred, dollar, day(20)) == Money::from_units(720.0));
  CHECK(rates.convert(hundred, dollar, day(3000)) == Money::from_units(720.0));
}

TEST_CASE("the first rate also holds before its date") {
  CHECK(yuan_with_dollars().rate(*find_currency("USD"), day(0)) == 7.0);
}

TEST_CASE("the accounting currency is worth itself to the last digit") {
  const ExchangeRates rates = yuan_with_dollars();
  const Money amount = Money::from_units(123456789.1234);
  CHECK(rates.convert(amount, *find_currency("CNY"), day(1)) == amount);
}

TEST_CASE("a currency without a rate is not converted") {
  const ExchangeRates rates = yuan_with_dollars();
  CHECK_FALSE(rates.knows(*find_currency("EUR")));
  CHECK_THROWS((void)rates.rate(*find_currency("EUR"), day(1)));
}

}  // namespace chokepoint::models
