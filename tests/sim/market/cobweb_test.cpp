#include <cmath>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include "models/market/price_expectation.hpp"
#include "sim/market/foundry.hpp"
#include "sim/market/market_agents.hpp"

namespace chokepoint::sim {
namespace {

// In rest 20,000 goods a cycle at a price of 1,000. Demand gives up twenty goods for a price of one more.
constexpr double goods_at_rest = 20000.0;
constexpr double price_at_rest = 1000.0;
constexpr double demand_slope = 20.0;
constexpr std::int64_t cobweb_cycle_days = 7;
constexpr std::int64_t producers = 5;

models::Currency yuan() {
  return *models::find_currency("CNY");
}

/// Producers who start on every cycle's first day what they would sell at the price that they expect, and offer what
/// the foundry has finished for what it brings.
class Producers final : public MarketAgents {
 public:
  struct Setup {
    MarketAccounts& accounts;
    Foundry& foundry;
    /// Of all producers: goods for a price of one more.
    double supply_slope = 0.0;
    /// Share of the error by which an expectation is set right.
    double adaptation = 0.0;
    /// Mean expectation at the start, over the price of rest; theirs lie up to a fifth of it around.
    double deviation = 0.0;
  };
  explicit Producers(const Setup& setup)
      : setup_(setup), first_holder_(setup.accounts.open(producers, yuan())), started_(producers, 0) {
    for (std::int64_t i = 0; i < producers; ++i)
      expected_.push_back(price_at_rest + setup.deviation * (0.8 + 0.1 * static_cast<double>(i)));
    start(0);
  }

  [[nodiscard]] std::string_view holder_kind() const override { return "vendor"; }
  [[nodiscard]] std::int64_t stock(Eigen::Index product) const override {
    return setup_.accounts.goods().col(product).segment(first_holder_, producers).sum();
  }
  [[nodiscard]] std::int64_t for_sale(Eigen::Index product) const override { return stock(product); }
  const models::ScarcityGroup* need(const MarketBoard&) override { return nullptr; }

  void quote(const MarketBoard& board, std::span<SpotBook> books) override {
    if (board.day % cobweb_cycle_days != 0) return;
    const std::int64_t finished = setup_.foundry.finish(board.day)[0];
    REQUIRE(finished == std::accumulate(started_.begin(), started_.end(), std::int64_t{0}));
    for (std::int64_t i = 0; i < producers; ++i) {
      const std::int64_t goods = started_[static_cast<std::size_t>(i)];
      setup_.accounts.make(first_holder_ + i, 0, goods);
      books[0].ask(first_holder_ + i, {.limit = 0.01, .quantity = goods});
    }
  }
  void order(const MarketBoard& board) override {
    if (board.day % cobweb_cycle_days != 0) return;
    for (double& expected : expected_)
      expected = models::adaptive_expectation(expected, board.spot[0], setup_.adaptation);
    start(board.day);
  }

  [[nodiscard]] double mean_expectation() const {
    return std::accumulate(expected_.begin(), expected_.end(), 0.0) / static_cast<double>(producers);
  }

 private:
  void start(std::int64_t day) {
    std::int64_t all = 0;
    for (std::size_t i = 0; i < started_.size(); ++i) {
      const double goods = goods_at_rest + setup_.supply_slope * (expected_[i] - price_at_rest);
      started_[i] = std::llround(goods / static_cast<double>(producers));
      all += started_[i];
    }
    setup_.foundry.start(day, std::vector{all}, std::vector{1.0});
  }

  Setup setup_;
  Eigen::Index first_holder_;
  std::vector<double> expected_;
  std::vector<std::int64_t> started_;
};

/// Users of whom each takes one good at most, and one gives up for each step of the price by 1 / demand_slope.
class Users final : public MarketAgents {
 public:
  explicit Users(MarketAccounts& accounts) : accounts_(accounts), holder_(accounts.open(1, yuan())) {}

  [[nodiscard]] std::string_view holder_kind() const override { return "buyers"; }
  [[nodiscard]] std::int64_t stock(Eigen::Index product) const override { return accounts_.goods(holder_, product); }
  [[nodiscard]] std::int64_t for_sale(Eigen::Index) const override { return 0; }
  const models::ScarcityGroup* need(const MarketBoard&) override { return nullptr; }
  void quote(const MarketBoard& board, std::span<SpotBook> books) override {
    if (board.day % cobweb_cycle_days != 0) return;
    const double highest = price_at_rest + goods_at_rest / demand_slope;
    for (int n = 0; n < 2 * static_cast<int>(goods_at_rest); ++n)
      books[0].bid(holder_, {.limit = highest - (n + 0.5) / demand_slope, .quantity = 1});
  }
  void order(const MarketBoard&) override {}

 private:
  MarketAccounts& accounts_;
  Eigen::Index holder_;
};

/// Mean expectation less the price of rest, by cycle.
std::vector<double> deviations(double slope_ratio, double adaptation, double first, int cycles) {
  MarketAccounts accounts(1);
  const Eigen::Index clearing = accounts.open(1, yuan());
  Foundry foundry({.capacity = {{0.0, 1e6}}, .cycle_days = cobweb_cycle_days}, {1});
  Producers makers({.accounts = accounts,
                    .foundry = foundry,
                    .supply_slope = slope_ratio * demand_slope,
                    .adaptation = adaptation,
                    .deviation = first});
  Users users(accounts);
  std::vector<SpotBook> books(1);
  MarketBoard board;
  board.spot = Eigen::ArrayXd::Constant(1, price_at_rest);
  std::vector<double> seen{makers.mean_expectation() - price_at_rest};
  for (board.day = 1; board.day <= cycles * cobweb_cycle_days; ++board.day) {
    makers.quote(board, books);
    users.quote(board, books);
    board.spot[0] = books[0].settle(accounts, clearing, 0, board.spot[0]).price;
    makers.order(board);
    if (board.day % cobweb_cycle_days != 0) continue;
    REQUIRE(makers.stock(0) == 0);
    seen.push_back(makers.mean_expectation() - price_at_rest);
  }
  accounts.check();
  return seen;
}

/// Holds every cycle against the linear theory, in which a deviation is multiplied by 1 - adaptation (1 + slope ratio):
/// off it by no more than that goods and money are whole. Returns the last deviation over the first.
double growth_of(double slope_ratio, double adaptation, double first = 40.0, int cycles = 12) {
  CAPTURE(slope_ratio);
  CAPTURE(adaptation);
  const auto seen = deviations(slope_ratio, adaptation, first, cycles);
  const double multiplier = 1.0 - adaptation * (1.0 + slope_ratio);
  const double whole = adaptation * (0.5 * static_cast<double>(producers) / demand_slope + 0.5e-4) + 1e-9;
  for (std::size_t n = 1; n < seen.size(); ++n) {
    CAPTURE(n);
    REQUIRE(std::abs(seen[n] - multiplier * seen[n - 1]) <= whole);
  }
  return std::abs(seen.back() / seen.front());
}

// Nerlove 1958: stable while supply slope / demand slope < 2 / adaptation - 1.
TEST_CASE("simulated producers with adaptive expectations come to rest below the threshold of the cobweb") {
  CHECK(growth_of(2.0, 0.5) < 0.01);
  CHECK(growth_of(2.8, 0.5) < 0.5);
  CHECK(growth_of(0.5, 1.0) < 0.01);
  CHECK(growth_of(0.9, 1.0) < 0.5);
  CHECK(growth_of(6.0, 0.2) < 0.01);
}

TEST_CASE("simulated producers with adaptive expectations swing ever wider above the threshold of the cobweb") {
  CHECK(growth_of(3.2, 0.5) > 2.0);
  CHECK(growth_of(3.6, 0.5, 4.0) > 10.0);
  CHECK(growth_of(1.1, 1.0) > 2.0);
  CHECK(growth_of(1.5, 1.0, 3.0) > 50.0);
}

// A ratio of 2 lies under the threshold of 3 and over that of 1.
TEST_CASE("slower expectations calm the market that quick ones unsettle") {
  CHECK(growth_of(2.0, 0.5) < 0.01);
  CHECK(growth_of(2.0, 1.0, 3.0, 7) > 50.0);
}

}  // namespace
}  // namespace chokepoint::sim
