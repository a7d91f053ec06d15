#include "analysis/facts/observe_fact.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "analysis/facts/market_rows.hpp"

namespace chokepoint::analysis {
namespace {

using std::chrono::days;
using tests::day;
using tests::MarketRows;

MarketFact spot_fact(const char* product, const char* form, const char* unit) {
  return {.id = "fact",
          .product = product,
          .form = form,
          .kind = FactKind::spot,
          .region = "CN",
          .unit = unit,
          .from = day("2023-03-01"),
          .to = day("2023-03-10"),
          .low = 1.0,
          .high = 2.0,
          .currency = models::find_currency("CNY")};
}

/// Days 1 to 31 of March 2023; the price of day d of a series is its base plus d.
sim::Table march() {
  MarketRows rows;
  for (int d = 1; d <= 31; ++d) {
    const auto now = day("2023-03-01") + days(d - 1);
    const auto add = [&](const char* product, const char* form, double base, double delivered) {
      rows.add(now, {.product = product,
                     .form = form,
                     .values = {{"spot", base + d}, {"lead_time_days", 60.8}, {"deliveries", delivered}}});
    };
    add("A100 40GB", "card", 100.0, 8.0);
    add("A100 80GB", "card", 200.0, 24.0);
    add("A100 80GB", "SXM server", 2000.0, 8.0);
    add("A100 80GB", "PCIe server", 1000.0, 24.0);
    add("A800", "SXM server", 3000.0, 8.0);
    rows.add(now, {.region = "US",
                   .product = "A100 80GB",
                   .currency = "USD",
                   .values = {{"spot", 10.0}, {"deliveries", 0.0}, {"rent", 4.0}}});
  }
  return rows.table();
}

double shown(const sim::Table& table, const MarketFact& fact, const models::ExchangeRates& money = {}) {
  const Observation one = observe(fact, MarketSeries(table), money);
  CAPTURE(one.missing);
  REQUIRE(one.judged.has_value());
  return *one.judged;
}

std::string missing(const sim::Table& table, const MarketFact& fact) {
  const Observation one = observe(fact, MarketSeries(table), {});
  CHECK_FALSE(one.judged.has_value());
  return one.missing;
}

TEST_CASE("a fact is held against its own form and product and period") {
  const sim::Table table = march();
  // Days 1 to 10: 5.5 on average.
  CHECK(shown(table, spot_fact("A100 40GB card", "card", "card")) == doctest::Approx(105.5));
  CHECK(shown(table, spot_fact("8-GPU A100 80GB server", "SXM", "server")) == doctest::Approx(2005.5));
  CHECK(shown(table, spot_fact("8-GPU A100 server", "SXM (not stated)", "server")) == doctest::Approx(2005.5));
  MarketFact one_day = spot_fact("A800", "SXM", "server");
  one_day.from = one_day.to = day("2023-03-27");
  CHECK(shown(table, one_day) == doctest::Approx(3027.0));
}

TEST_CASE("where form or product are open the mix that was delivered counts") {
  const sim::Table table = march();
  for (const char* form : {"", "any", "unknown", "unknown (8 x card price + chassis fits PCIe)"})
    CHECK(shown(table, spot_fact("8-GPU A100 server", form, "server")) ==
          doctest::Approx(0.25 * 2005.5 + 0.75 * 1005.5));
  CHECK(shown(table, spot_fact("A100 card", "card", "card")) == doctest::Approx(0.25 * 105.5 + 0.75 * 205.5));
  CHECK(shown(table, spot_fact("8-GPU A100 or A800 server", "SXM", "server")) ==
        doctest::Approx(0.5 * 2005.5 + 0.5 * 3005.5));
}

TEST_CASE("series of which nothing was delivered count alike") {
  MarketRows rows;
  rows.add(day("2023-03-01"), {.form = "SXM server", .values = {{"spot", 3.0}, {"deliveries", 0.0}}});
  rows.add(day("2023-03-01"), {.form = "PCIe server", .values = {{"spot", 1.0}, {"deliveries", 0.0}}});
  MarketFact fact = spot_fact("A100", "any", "server");
  fact.to = fact.from;
  CHECK(shown(rows.table(), fact) == 2.0);
}

TEST_CASE("a change is the factor from the first day to the last with one mix") {
  MarketFact fact = spot_fact("A100 card", "card", "card");
  fact.statistic = FactStatistic::percent_change;
  fact.to = day("2023-03-31");
  CHECK(shown(march(), fact) == doctest::Approx((0.25 * 131.0 + 0.75 * 231.0) / (0.25 * 101.0 + 0.75 * 201.0)));
  fact.statistic = FactStatistic::ratio;
  fact.product = "A100 40GB";
  CHECK(shown(march(), fact) == doctest::Approx(131.0 / 101.0));
}

TEST_CASE("a price stands for a month where none is made and no longer") {
  MarketRows rows;
  for (int d = 0; d < 100; ++d)
    rows.add(day("2023-01-01") + days(d), {.values = {{"spot", d == 0 ? 10.0 : d == 60 ? 30.0 : sim::no_value}}});
  MarketFact fact = spot_fact("A100", "card", "card");
  fact.statistic = FactStatistic::ratio;
  fact.from = day("2023-02-01");
  fact.to = day("2023-04-01");
  CHECK(shown(rows.table(), fact) == doctest::Approx(3.0));
  fact.from = day("2023-02-02");
  CHECK(missing(rows.table(), fact) == "no value in the period");
}

TEST_CASE("lead times are told in months of 30.4 days whatever the form") {
  MarketFact fact = spot_fact("A100", "", "months");
  fact.kind = FactKind::lead_time;
  fact.currency.reset();
  CHECK(shown(march(), fact) == doctest::Approx(2.0));
}

TEST_CASE("units are the sum of a quarter over the forms of a product in a region") {
  const sim::Table table = march();
  MarketFact fact = spot_fact("A100", "", "GPUs");
  fact.kind = FactKind::deliveries;
  fact.statistic = FactStatistic::sum;
  fact.currency.reset();
  // Ten days of 8 + 24 + 8 + 24 of both sorts of the chip in China; none of the A800 or of elsewhere.
  CHECK(shown(table, fact) == 640.0);
  fact.to = day("2023-03-31");
  CHECK(shown(table, fact) == 31.0 * 64.0);
  fact.product = "A100 80GB";
  CHECK(shown(table, fact) == 31.0 * 56.0);
  fact.product = "A800";
  CHECK(shown(table, fact) == 31.0 * 8.0);
  fact.region = "US";
  CHECK(missing(table, fact) == "the market has no such product in this form and region");
}

TEST_CASE("units of a product that comes within the period are those since then and of one that comes later none") {
  MarketRows rows;
  for (int d = 1; d <= 4; ++d) {
    rows.add(day("2023-03-01") + days(d - 1), {.product = "H800", .values = {{"deliveries", 1.0}}});
    if (d > 2) rows.add(day("2023-03-01") + days(d - 1), {.values = {{"deliveries", 10.0 * d}}});
  }
  MarketFact fact = spot_fact("A100", "", "GPUs");
  fact.kind = FactKind::deliveries;
  fact.statistic = FactStatistic::sum;
  fact.to = day("2023-03-04");
  CHECK(shown(rows.table(), fact) == 70.0);
  fact.to = day("2023-03-02");
  CHECK(missing(rows.table(), fact) == "no value in the period");
}

TEST_CASE("each kind has a series of its own") {
  MarketRows rows;
  rows.add(day("2023-03-01"), {.values = {{"spot", 1.0},
                                          {"asked", 2.0},
                                          {"contract", 3.0},
                                          {"list", 4.0},
                                          {"grey", 5.0},
                                          {"rent", 6.0},
                                          {"lead_time_days", 7.0 * 30.4},
                                          {"deliveries", 8.0}}});
  for (std::size_t kind = 0; kind < fact_kind_names().size(); ++kind) {
    MarketFact fact = spot_fact("A100", "card", "card");
    fact.to = fact.from;
    fact.kind = static_cast<FactKind>(kind);
    CHECK(shown(rows.table(), fact) == doctest::Approx(static_cast<double>(kind + 1)));
  }
}

TEST_CASE("prices follow the exchange rate of each day into the currency of the fact") {
  MarketFact fact = spot_fact("A100", "", "card");
  fact.region = "US";
  CHECK(missing(march(), fact) == "no exchange rate is known");
  models::ExchangeRates money(*models::find_currency("CNY"));
  const auto midnight = [](const char* text) { return models::Instant(day(text).time_since_epoch()); };
  money.set(*models::find_currency("USD"), {{midnight("2023-01-01"), 6.0}, {midnight("2023-03-06"), 8.0}});
  CHECK(shown(march(), fact, money) == doctest::Approx(70.0));
  // A change has no currency: it is that of the market's own.
  fact.statistic = FactStatistic::ratio;
  fact.currency.reset();
  CHECK(shown(march(), fact, money) == doctest::Approx(1.0));
}

TEST_CASE("what a market does not show is said with its reason") {
  const sim::Table table = march();
  const std::string none = "the market has no such product in this form and region";
  CHECK(missing(table, spot_fact("H100 card", "card", "card")) == none);
  CHECK(missing(table, spot_fact("A800 card", "card", "card")) == none);
  CHECK(missing(table, spot_fact("A100 card", "SXM", "card")) == none);
  MarketFact fact = spot_fact("A100 card", "card", "card");
  fact.region = "JP";
  CHECK(missing(table, fact) == none);
  fact = spot_fact("A100 card", "card", "card");
  fact.kind = FactKind::grey;
  CHECK(missing(table, fact) == "no value in the period");
  for (const auto& [from, to] : {std::pair{"2023-02-28", "2023-03-10"}, {"2023-03-10", "2023-04-01"}}) {
    fact.from = day(from);
    fact.to = day(to);
    CHECK(missing(table, fact) == "the run goes from 2023-03-01 to 2023-03-31");
  }
  sim::Table bare = march();
  std::erase_if(bare.columns, [](const sim::Column& column) { return column.name == "grey"; });
  fact = spot_fact("A100 card", "card", "card");
  fact.kind = FactKind::grey;
  CHECK(missing(bare, fact) == "the market has no series grey");
}

TEST_CASE("words mean the product that shares most of them") {
  const std::vector<std::string> products{"A100", "A100 80GB", "A100X", "H20"};
  CHECK(names_product("8-GPU A100 80GB server", "A100 80GB", products));
  CHECK_FALSE(names_product("8-GPU A100 80GB server", "A100", products));
  CHECK(names_product("A100 card", "A100", products));
  CHECK(names_product("a100 card", "A100 80GB", products));
  CHECK_FALSE(names_product("A100 card", "A100X", products));
  CHECK_FALSE(names_product("20 x A100", "H20", products));
}

}  // namespace
}  // namespace chokepoint::analysis
