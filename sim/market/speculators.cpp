#include "sim/market/speculators.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "models/market/price_expectation.hpp"
#include "sim/market/review_days.hpp"

namespace chokepoint::sim {
namespace {

// All assumed.
/// Most over the last price that they bid.
constexpr double speculator_urgency = 0.02;
/// Of what they could buy or sell, what one review brings to the market.
constexpr double share_a_review = 0.25;

/// Mean squared error of a forecast over the products that are traded, as a share of the price.
double squared_error(const Eigen::ArrayXd& forecast, const MarketBoard& board) {
  const Eigen::ArrayXd error =
      (board.launched > 0.0).select((forecast - board.spot) / board.spot.max(1e-9), 0.0).square();
  return error.sum() / std::max(1.0, board.launched.sum());
}

}  // namespace

Speculators::Speculators(const Setup& setup)
    : cohort_(setup.cohort),
      accounts_(setup.accounts),
      first_holder_(setup.first_holder),
      optimism_(setup.cohort.count) {
  for (Eigen::Index i = 0; i < cohort_.count; ++i) {
    chance_.emplace_back(setup.seed, setup.replicate, fmt::format("market/speculators/{}/{}", cohort_.name, i));
    optimism_[i] = chance_.back().log_normal(0.0, cohort_.belief_spread);
  }
}

std::int64_t Speculators::stock(Eigen::Index product) const {
  return accounts_.goods().col(product).segment(first_holder_, cohort_.count).sum();
}

double Speculators::free_capital(Eigen::Index i) const {
  const double capital = cohort_.capital / static_cast<double>(cohort_.count);
  return std::max(0.0, capital + accounts_.money(first_holder_ + i).units());
}

void Speculators::foretell(const MarketBoard& board) {
  const Eigen::ArrayXd& before = board.history.ago(forecast_days);
  const auto goes_on = [this](double seen, double seen_before) {
    return models::trend_expectation(seen, seen_before, cohort_.trend_gain);
  };
  forecasts_.push({.scarcity = board.scarcity, .trend = board.spot.binaryExpr(before, goes_on)});
  if (forecasts_.size() <= forecast_days) return;
  const Forecast& then = forecasts_.ago(forecast_days);
  constexpr double weight = 1.0 / static_cast<double>(forecast_days);
  scarcity_error_ = models::adaptive_expectation(scarcity_error_, squared_error(then.scarcity, board), weight);
  trend_error_ = models::adaptive_expectation(trend_error_, squared_error(then.trend, board), weight);
  trend_share_ = models::rule_shares(std::array{-scarcity_error_, -trend_error_}, cohort_.switching)[1];
}

void Speculators::quote(const MarketBoard& board, std::span<SpotBook> books) {
  foretell(board);
  const Forecast& today = forecasts_.last();
  const Eigen::ArrayXd expected = (1.0 - trend_share_) * today.scarcity + trend_share_ * today.trend;
  for (Eigen::Index i = first_reviewer(board.day); i < cohort_.count; i += review_days) {
    const Eigen::Index holder = first_holder_ + i;
    // A lot for each product, so that all bids together are paid for.
    const double lot = share_a_review * free_capital(i) / std::max(1.0, board.launched.sum());
    for (Eigen::Index k = 0; k < expected.size(); ++k) {
      const double draw = chance_[static_cast<std::size_t>(i)].uniform();
      if (board.launched[k] == 0.0) continue;
      const double worth = optimism_[i] * expected[k];
      SpotBook& book = books[static_cast<std::size_t>(k)];
      if (worth > (1.0 + cohort_.margin) * board.spot[k]) {
        const double limit = (1.0 + speculator_urgency) * board.spot[k];
        book.bid(holder, {.limit = limit, .quantity = static_cast<std::int64_t>(lot / limit)});
      } else if (worth < board.spot[k]) {
        const std::int64_t goods = accounts_.goods(holder, k);
        const double shown = share_a_review * static_cast<double>(goods);
        book.ask(holder, {.limit = std::max(worth, 0.01 * board.spot[k]),
                          .quantity = std::min(goods, static_cast<std::int64_t>(shown + draw))});
      }
    }
  }
}

}  // namespace chokepoint::sim
