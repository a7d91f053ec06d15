#include "analysis/facts/fact_file.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "analysis/facts/market_rows.hpp"
#include "sim/input/fault.hpp"
#include "support/places.hpp"

namespace chokepoint::analysis {
namespace {

using tests::day;

const std::string header = "id,target,product,form,kind,region,unit,statistic,from,to,low,high,currency,source,note\n";

std::vector<std::string> faults_of(const std::string& text) {
  std::vector<std::string> lines;
  try {
    read_facts(text, "f.csv");
  } catch (const sim::InputError& error) {
    for (const sim::Fault& fault : error.faults()) lines.push_back(fault.text());
  }
  return lines;
}

TEST_CASE("the facts that come with the program are known before the rule of October 2023") {
  const auto facts = shipped_facts();
  CHECK(facts.size() == 22 + 10);
  CHECK(std::ranges::count_if(facts, &MarketFact::target) == 12 + 10);
  for (const MarketFact& fact : facts) {
    CAPTURE(fact.id);
    CHECK(fact.to <= day("2023-10-16"));
    CHECK_FALSE(fact.source.empty());
  }
  auto same = load_facts(CHOKEPOINT_SOURCE_DIR "/scenarios/facts/price-facts.csv");
  for (const MarketFact& units : load_facts(CHOKEPOINT_SOURCE_DIR "/scenarios/facts/china-units.csv")) {
    CHECK(units.kind == FactKind::deliveries);
    same.push_back(units);
  }
  CHECK(std::ranges::equal(facts, same, {}, &MarketFact::id, &MarketFact::id));
}

TEST_CASE("a fact is read with its kind and unit and range") {
  const auto facts = read_facts(header +
                                    "a,1,\"8-GPU A800 server, new\",SXM (not stated),retail asked,CN,server,mean,"
                                    "2023-10-01,2023-10-16,2200000,2300000,CNY,somebody,\n"
                                    "b,0,A800,,lead time,CN,months,mean,2022-12-01,2022-12-31,0.7,1.5,,,\n"
                                    "c,0,A100,card,spot,CN,card,percent_change,2022-12-01,2023-04-30,-25,50,,,\n"
                                    "d,1,A100,,deliveries,CN,GPUs,sum,2022-01-01,2022-03-31,100,200,,,\n",
                                "f.csv");
  REQUIRE(facts.size() == 4);
  CHECK(facts[0].target);
  CHECK(facts[0].product == "8-GPU A800 server, new");
  CHECK(facts[0].kind == FactKind::retail_asked);
  CHECK(facts[0].currency->code() == "CNY");
  CHECK(facts[0].from == day("2023-10-01"));
  CHECK(facts[0].to == day("2023-10-16"));
  CHECK(facts[1].kind == FactKind::lead_time);
  CHECK_FALSE(facts[1].currency.has_value());
  CHECK(facts[2].statistic == FactStatistic::percent_change);
  CHECK(facts[2].low == -25.0);
  CHECK(facts[3].kind == FactKind::deliveries);
  CHECK(facts[3].statistic == FactStatistic::sum);
}

TEST_CASE("all that is wrong with a file of facts is said at once") {
  const auto lines = faults_of(header +
                               "a,2,A800,card,spots,CN,card,mean,2023-10-01,2023-10-16,1,2,CNY,,\n"
                               "a,1,,card,spot,CN,card,mean,2023-02-30,2023-10-16,2,1,CNX,,\n"
                               "b,1,A800,card,spot,CN,months,median,2023-10-17,2023-10-16,x,1,,,\n"
                               "c,1,A800,card,spot,CN,card,ratio,2023-10-16,2023-10-16,-1,1,,,\n"
                               "d,1,A800,card,lead time,CN,card,mean,2023-10-16,2023-10-16,1,1,,,\n"
                               "e,1,A800,card,rent,CN,card,mean,2023-10-16,2023-10-16,0,1,CNY,,\n"
                               "f,1,A800,,deliveries,CN,card,mean,2023-10-16,2023-10-16,1,1,,,\n"
                               "g,1,A800,,spot,CN,card,sum,2023-10-16,2023-10-16,1,1,CNY,,\n");
  const std::vector<std::string> expected{
      "f.csv: line 2: expected 0 or 1 in column target, found \"2\"",
      "f.csv: line 2: expected in column kind one of spot, retail asked, contract, list, grey, rent, lead time, "
      "deliveries, found \"spots\" (did you mean \"spot\"?)",
      "f.csv: line 3: expected a text in column product, found none",
      "f.csv: line 3: expected ids that stand once, found \"a\" again",
      "f.csv: line 3: expected the code of a currency, such as CNY, found \"CNX\"",
      "f.csv: line 3: expected a day such as 2023-10-16 in column from, found \"2023-02-30\"",
      "f.csv: line 3: expected a \"high\" not below the \"low\" 2, found 1",
      "f.csv: line 4: expected in column statistic one of mean, percent_change, ratio, sum, found \"median\" "
      "(did you mean \"mean\"?)",
      "f.csv: line 4: expected the unit card or server of a price, found \"months\"",
      "f.csv: line 4: expected the currency of a price, found none",
      "f.csv: line 4: expected a \"to\" not before the \"from\" 2023-10-17, found 2023-10-16",
      "f.csv: line 4: expected a number in column low, found \"x\"",
      "f.csv: line 5: expected a \"to\" after the \"from\" 2023-10-16, found 2023-10-16",
      "f.csv: line 5: expected a \"low\" above 0, found -1",
      "f.csv: line 6: expected the unit months of a lead time, found \"card\"",
      "f.csv: line 7: expected the unit card-month, server-month or instance-month of a rent, found \"card\"",
      "f.csv: line 7: expected a \"low\" above 0, found 0",
      "f.csv: line 8: expected the unit GPUs of deliveries, found \"card\"",
      "f.csv: line 8: expected the statistic sum of deliveries, found \"mean\"",
      "f.csv: line 9: expected the statistic sum of deliveries alone, found \"sum\""};
  for (const std::string& line : expected) {
    CAPTURE(line);
    CHECK(std::ranges::count(lines, line) == 1);
  }
  CHECK(lines.size() == expected.size());
}

TEST_CASE("columns that are missing are named with what is there") {
  const auto lines = faults_of("id,target,product,form,kind,region,unit,statistic,form,to,low,high,curency\n");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].starts_with("f.csv: line 1: expected a column \"from\", found the columns id, target"));
  CHECK(lines[1].ends_with("(did you mean \"curency\"?)"));
  CHECK(faults_of("").size() == 13);
  CHECK(faults_of(header) == std::vector<std::string>{"f.csv: line 1: expected a fact in a row below the header, "
                                                      "found none"});
}

}  // namespace
}  // namespace chokepoint::analysis
