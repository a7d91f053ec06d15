#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sim/market/paired_seeds.hpp"
#include "sim/scenario/load_scenario.hpp"
#include "support/figures.hpp"
#include "support/places.hpp"

// What each part of a market contributes to the price a month after a rule, on 16 November 2023, and to the orders that
// the rule leaves undelivered: the market of first-ban with all parts, against the same without one of them, on shared
// draws.

namespace chokepoint::sim {
namespace {

constexpr int part_seeds = 12;

const std::vector<std::string> all_parts{
    "/end=2023-11-17", R"(/market/speculators=[{"name": "speculators", "count": 6, "capital": "1000000000 CNY"}])",
    "/market/vendor/pass_through=0.3", "/market/vendor/contract_margin=3 %"};

struct Outcome {
  double price = 0.0;
  double undelivered = 0.0;
};

Outcome outcome_of(const std::vector<std::string>& changes, std::uint64_t seed) {
  std::vector<std::string> settings = all_parts;
  settings.insert(settings.end(), changes.begin(), changes.end());
  const Scenario scenario = load_scenario(CHOKEPOINT_SOURCE_DIR "/scenarios/market/first-ban.json", settings);
  const auto values = tests::figures_of(scenario, {"cn_a800_card_spot_last_cny", "cn_undelivered_value_cny"}, seed);
  return {.price = values[0], .undelivered = values[1]};
}

/// Logarithms of the price and of what is left undelivered over those of the market as it is.
struct Contribution {
  tests::PairedChange price;
  tests::PairedChange undelivered;
};

Contribution changed_by(const std::vector<std::string>& changes) {
  static std::map<std::uint64_t, Outcome> base;
  const auto ratio = [&](double Outcome::*figure) {
    return tests::paired_change(
        [&](std::uint64_t seed) {
          if (!base.contains(seed)) base[seed] = outcome_of({}, seed);
          return std::log(outcome_of(changes, seed).*figure / (base[seed].*figure));
        },
        part_seeds);
  };
  return {.price = ratio(&Outcome::price), .undelivered = ratio(&Outcome::undelivered)};
}

bool falls(const tests::PairedChange& change) {
  return change.mean < -2.0 * change.error;
}

std::vector<std::string> of_buyers(const std::string& key, const std::string& value) {
  return {"/market/buyers/0/" + key + '=' + value, "/market/buyers/1/" + key + '=' + value};
}

TEST_CASE("the slower buyers decide the lower the price a month after the rule and the more orders are left" *
          doctest::test_suite("heavy")) {
  const Contribution slow = changed_by(of_buyers("decision_delay", "30 d"));
  CHECK(falls(slow.price));
  CHECK(slow.undelivered.rises());
  CHECK(falls(changed_by(of_buyers("decision_delay", "0 d")).undelivered));
}

TEST_CASE("without precaution the price after the rule is lower and fewer orders are left" *
          doctest::test_suite("heavy")) {
  const Contribution none = changed_by(of_buyers("precaution", "0"));
  CHECK(falls(none.price));
  CHECK(falls(none.undelivered));
}

TEST_CASE("contracts that do not follow the spot price leave more orders to a rule" * doctest::test_suite("heavy")) {
  CHECK(changed_by({"/market/vendor/pass_through=0"}).undelivered.rises());
}

TEST_CASE("speculators and withholding and deposits move the market less than a month's delay of decisions" *
          doctest::test_suite("heavy")) {
  const Contribution delay = changed_by(of_buyers("decision_delay", "30 d"));
  for (const char* change : {"/market/speculators=null", "/market/dealers/0/withholding=0", "/market/vendor/deposit=0",
                             "/market/vendor/deposit=40 %"}) {
    CAPTURE(change);
    const Contribution other = changed_by({change});
    CHECK(std::abs(other.price.mean) < std::abs(delay.price.mean));
    CHECK(std::abs(other.undelivered.mean) < std::abs(delay.undelivered.mean));
  }
}

}  // namespace
}  // namespace chokepoint::sim
