#include "sim/market/speculators.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <doctest/doctest.h>

#include "sim/market/small_market.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

using tests::in_child;
using tests::run_market;
using tests::small_market;

/// A board of one product, whose price was `before` a month ago and is `now`.
struct Board {
  explicit Board(double scarcity) {
    board.spot = Eigen::ArrayXd::Constant(1, 100.0);
    board.scarcity = Eigen::ArrayXd::Constant(1, scarcity);
    board.launched = Eigen::ArrayXd::Ones(1);
  }
  void next(double price) {
    board.spot[0] = price;
    board.history.push(board.spot);
    board.day = days++;
  }
  MarketBoard board;
  std::int64_t days = 0;
};

struct Hall {
  explicit Hall(SpeculatorCohort cohort) {
    const models::Currency yuan = *models::find_currency("CNY");
    clearing = accounts.open(1, yuan);
    seller = accounts.open(1, yuan);
    accounts.make(seller, 0, 1'000'000);
    first = accounts.open(cohort.count, yuan);
    speculators.emplace(Speculators::Setup{.cohort = cohort, .accounts = accounts, .first_holder = first});
  }
  /// Their orders of the day meet a seller, or a buyer, of any number of goods at the price.
  void trade(const MarketBoard& board, bool selling) {
    speculators->quote(board, books);
    const models::AuctionOrder other{.limit = board.spot[0], .quantity = 1000};
    if (selling) books[0].ask(seller, other);
    if (!selling) books[0].bid(seller, other);
    books[0].settle(accounts, clearing, 0, board.spot[0]);
    accounts.check();
  }

  MarketAccounts accounts{1};
  std::vector<SpotBook> books{1};
  Eigen::Index clearing = 0, seller = 0, first = 0;
  std::optional<Speculators> speculators;
};

const SpeculatorCohort cohort{.name = "s", .count = 7, .capital = 70000.0, .margin = 0.2, .belief_spread = 0.0};

TEST_CASE("speculators buy no more than their capital pays for and sell once they expect less") {
  SpeculatorCohort steady = cohort;
  steady.switching = 0.0;
  Hall hall(steady);
  Board board(150.0);
  for (int day = 0; day < 140; ++day) {
    board.next(100.0);
    hall.trade(board.board, true);
    for (Eigen::Index i = 0; i < cohort.count; ++i) REQUIRE(hall.accounts.money(hall.first + i).units() >= -10000.0);
  }
  const std::int64_t held = hall.speculators->stock(0);
  CHECK(held > 600);
  CHECK(held <= 700);
  board.board.scarcity[0] = 50.0;
  for (int day = 0; day < 70; ++day) {
    board.next(100.0);
    hall.trade(board.board, false);
  }
  CHECK(hall.speculators->stock(0) < held / 10);
}

TEST_CASE("nobody buys for less than the margin or sells what is to rise") {
  Hall hall(cohort);
  Board board(119.0);
  for (int day = 0; day < 40; ++day) {
    board.next(100.0);
    hall.trade(board.board, true);
  }
  CHECK(hall.speculators->stock(0) == 0);
}

TEST_CASE("the rule that foretold the past month better has more followers") {
  // The scarcity value stays while the price grows by 2 % a day: the trend is right.
  Hall growing(cohort);
  Board up(100.0);
  double price = 100.0;
  for (int day = 0; day < 120; ++day) {
    up.next(price *= 1.02);
    growing.trade(up.board, true);
  }
  CHECK(growing.speculators->trend_share() > 0.9);
  // The price swings about the scarcity value with a period of two months: what rose a month falls the next.
  Hall swinging(cohort);
  Board about(100.0);
  for (int day = 0; day < 240; ++day) {
    about.next(100.0 + 30.0 * std::sin(2.0 * 3.14159265 * day / 60.0));
    swinging.trade(about.board, true);
  }
  CHECK(swinging.speculators->trend_share() < 0.1);
}

/// Of speculators after seventy days, and what they held halfway, when there had been forecasts to judge for five days.
struct Followed {
  double trend_share = 0.0;
  std::int64_t halfway = 0, held = 0;
};

/// While `price` goes its way by day and the scarcity value stays.
template <class Price>
Followed followed(double switching, double scarcity, const Price& price) {
  SpeculatorCohort switchers = cohort;
  switchers.switching = switching;
  Hall hall(switchers);
  Board board(scarcity);
  Followed seen;
  for (int day = 0; day < 70; ++day) {
    board.next(price(day));
    hall.trade(board.board, true);
    if (day == 34) seen.halfway = hall.speculators->stock(0);
  }
  seen.trend_share = hall.speculators->trend_share();
  seen.held = hall.speculators->stock(0);
  return seen;
}

double steady(int) {
  return 100.0;
}

double rising(int day) {
  return 100.0 * std::pow(1.02, day);
}

/// Up a month and down a month, about 115.
double up_and_down(int day) {
  return day / 30 % 2 == 0 ? 100.0 + day % 30 : 130.0 - day % 30;
}

constexpr double without_limit = 1e9;

// Brock & Hommes 1998: intensity of choice 0 and to infinity.
TEST_CASE("speculators who do not switch follow both rules alike whichever is right") {
  CHECK(followed(0.0, 110.0, steady).trend_share == 0.5);
  CHECK(followed(0.0, 100.0, rising).trend_share == 0.5);
  CHECK(followed(0.0, 115.0, up_and_down).trend_share == 0.5);
}

TEST_CASE("of speculators who switch without limit all follow the better rule") {
  CHECK(followed(without_limit, 110.0, steady).trend_share == 1.0);
  CHECK(followed(without_limit, 100.0, rising).trend_share == 1.0);
  CHECK(followed(without_limit, 115.0, up_and_down).trend_share == 0.0);
}

/// How much worse the scarcity value foretold a price than the trend did: mean squared errors of the forecasts of a
/// month, as shares of the price, the latest weighed by a thirtieth.
template <class Price>
double worse_by(double scarcity, const Price& price) {
  double of_scarcity = 0.0, of_trend = 0.0;
  for (int day = 30; day < 70; ++day) {
    const double seen = price(day), then = price(day - 30);
    const double trend = then + (then - price(std::max(0, day - 60)));
    of_scarcity += (std::pow(scarcity / seen - 1.0, 2) - of_scarcity) / 30.0;
    of_trend += (std::pow(trend / seen - 1.0, 2) - of_trend) / 30.0;
  }
  return of_scarcity - of_trend;
}

TEST_CASE("log odds of the two rules are how sharply speculators switch times how much better the one foretold") {
  for (const double switching : {1.0, 5.0, 20.0}) {
    CAPTURE(switching);
    const auto check = [&](double scarcity, const auto& price) {
      const double share = followed(switching, scarcity, price).trend_share;
      CHECK(std::log(share / (1.0 - share)) == doctest::Approx(switching * worse_by(scarcity, price)).epsilon(1e-9));
    };
    check(110.0, steady);
    check(100.0, rising);
    check(115.0, up_and_down);
  }
  // By hand: a tenth off on each of forty days.
  CHECK(worse_by(110.0, steady) == doctest::Approx(0.01 * (1.0 - std::pow(29.0 / 30.0, 40))));
}

TEST_CASE("speculators buy and sell by what the followers of both rules expect together") {
  // 100 by the trend, which is right, and 150 by the scarcity value: 125 together, which is above the margin.
  const Followed alike = followed(0.0, 150.0, steady);
  CHECK(alike.held > alike.halfway);
  const Followed all_to_trend = followed(without_limit, 150.0, steady);
  CHECK(all_to_trend.halfway > 0);
  CHECK(all_to_trend.held == all_to_trend.halfway);
  // And 130: 115, which is below it.
  CHECK(followed(0.0, 130.0, steady).held == 0);
  // A price that left the scarcity value behind: together they expect less than it, by the trend alone more.
  CHECK(followed(0.0, 100.0, rising).held <= followed(0.0, 100.0, rising).halfway);
  const Followed right = followed(without_limit, 100.0, rising);
  CHECK(right.held > right.halfway);
}

TEST_CASE("lessors ask the rent that pays for a good where nothing is short and more once tenants outgrow them") {
  const auto seen = in_child([] {
    MarketSpec spec = small_market();
    spec.buyers.push_back({.name = "lessors",
                           .count = 10,
                           .revenue = {{0.0, 2e9}, {365.0, 2e9}, {730.0, 8e9}},
                           .lets = LessorTerms{.running_cost = 0.12}});
    std::vector<double> values;
    run_market({.spec = spec, .days = 700}, [&](const Market& market) {
      const MarketBoard& board = market.regions()[0].board;
      if (market.day() == 0 || market.day() == 300 || market.day() == 699) values.push_back(board.rent[0]);
    });
    return values;
  });
  REQUIRE(seen.size() == 3);
  // 10 % over four years pays back .3155 a year of about 1.1 times the list price, and running takes .12 of it.
  const double paying = 1.1 * 80000.0 * (0.3155 + 0.12) / 12.0;
  CHECK(seen[0] == doctest::Approx(paying).epsilon(0.05));
  CHECK(seen[1] == doctest::Approx(paying).epsilon(0.2));
  CHECK(seen[2] > 1.5 * seen[1]);
}

TEST_CASE("speculators who join move no draws of the others and trade in a shortage") {
  const auto course = [](double capital) {
    return in_child([capital] {
      MarketSpec spec = small_market();
      if (capital > 0.0) spec.speculators = {{.name = "s", .count = 6, .capital = capital}};
      std::vector<double> values(2);
      run_market({.spec = spec, .days = 700}, [&](const Market& market) {
        market.accounts().check();
        if (market.day() == 0) values[0] = static_cast<double>(market.accounts().goods().sum());
        for (const auto& agents : market.regions()[0].agents)
          if (agents->holder_kind() == "speculators")
            values[1] = std::max(values[1], static_cast<double>(agents->stock(0)));
      });
      return values;
    });
  };
  const auto without = course(0.0);
  const auto with = course(5e8);
  CHECK(with[0] == without[0]);
  CHECK(with[1] > 100.0);
}

}  // namespace
}  // namespace chokepoint::sim
