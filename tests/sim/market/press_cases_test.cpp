#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sim/market/paired_seeds.hpp"
#include "sim/scenario/load_scenario.hpp"
#include "support/figures.hpp"
#include "support/places.hpp"

// What cases of the press say, each beside its own variants, on shared draws.

namespace chokepoint::sim {
namespace {

constexpr int case_seeds = 8;

double figure_of(const std::string& name, const std::string& key, std::uint64_t seed) {
  const Scenario scenario = load_scenario(CHOKEPOINT_SOURCE_DIR "/scenarios/cases/" + name + ".json");
  return tests::figures_of(scenario, {key}, seed)[0];
}

/// Whether a figure is larger in one scenario than in the other.
bool is_more(const std::string& key, const std::string& in, const std::string& than) {
  return tests::paired_change([&](std::uint64_t seed) { return figure_of(in, key, seed) - figure_of(than, key, seed); },
                              case_seeds)
      .rises();
}

TEST_CASE("deposits: a notice that is cut leaves more undelivered and what is not paid back is lost" *
          doctest::test_suite("heavy")) {
  CHECK(is_more("cn_undelivered_value_cny", "deposits", "deposits-notice"));
  CHECK(is_more("cn_dealers_delivered_percent", "deposits-notice", "deposits"));
  for (std::uint64_t seed = 1; seed <= case_seeds; ++seed) {
    CAPTURE(seed);
    const double on_undelivered = figure_of("deposits", "cn_undelivered_deposits_cny", seed);
    const double value = figure_of("deposits", "cn_undelivered_value_cny", seed);
    CHECK(on_undelivered == doctest::Approx(0.2 * value).epsilon(1e-6));
    // All of them by the rule, and the same forfeits for cancelling in both.
    CHECK(figure_of("deposits", "cn_deposits_lost_cny", seed) -
              figure_of("deposits-refunded", "cn_deposits_lost_cny", seed) ==
          doctest::Approx(on_undelivered).epsilon(1e-9));
  }
}

TEST_CASE("tiers: small dealers get less than in proportion to orders and large ones and platforms more" *
          doctest::test_suite("heavy")) {
  CHECK(is_more("cn_large_dealers_delivered", "tiers", "tiers-proportional"));
  CHECK(is_more("cn_platforms_delivered_percent", "tiers", "tiers-proportional"));
  CHECK(is_more("cn_small_dealers_delivered", "tiers-proportional", "tiers"));
  CHECK(is_more("cn_small_dealers_delivered_percent", "tiers-proportional", "tiers"));
}

TEST_CASE("domestic: the rule raises the domestic share and so does an ecosystem that is known" *
          doctest::test_suite("heavy")) {
  CHECK(is_more("cn_domestic_share_percent", "domestic", "domestic-without"));
  CHECK(is_more("cn_domestic_share_percent", "domestic-learned", "domestic"));
}

TEST_CASE("shocks of currency and politics and disaster: each makes cards dearer and fewer and all together fewest" *
          doctest::test_suite("heavy")) {
  const std::string price = "cn_a800_card_spot_last_cny";
  const std::string delivered = "cn_a800_card_delivered";
  for (const std::string one : {"fx-shock-rate", "fx-shock-duty", "fx-shock-outage"}) {
    CAPTURE(one);
    CHECK(is_more(price, one, "fx-shock-none"));
    CHECK(is_more(delivered, "fx-shock-none", one));
    CHECK(is_more(delivered, one, "fx-shock"));
  }
  CHECK(is_more(price, "fx-shock", "fx-shock-rate"));
  CHECK(is_more(price, "fx-shock", "fx-shock-outage"));
}

}  // namespace
}  // namespace chokepoint::sim
