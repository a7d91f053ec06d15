#include "sim/market/dealers.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "models/market/dealer_offer.hpp"
#include "models/market/order_rule.hpp"
#include "models/market/price_expectation.hpp"
#include "sim/market/review_days.hpp"

namespace chokepoint::sim {
namespace {

constexpr double dealer_sales_memory_days = 30.0;
/// Goods a day: who sold nothing for long still tries.
constexpr double least_dealer_sales = 1.0 / 30.0;

}  // namespace

Dealers::Dealers(const Setup& setup)
    : cohort_(setup.cohort),
      accounts_(setup.accounts),
      supply_(setup.supply),
      first_holder_(setup.first_holder),
      optimism_(cohort_.count),
      shown_(cohort_.count, accounts_.products()),
      ordered_(cohort_.count, accounts_.products()),
      before_(MarketCounts::Zero(cohort_.count, accounts_.products())) {
  const Eigen::Index products = accounts_.products();
  belief_.resize(cohort_.count, products);
  sales_.resize(cohort_.count, products);
  for (Eigen::Index i = 0; i < cohort_.count; ++i) {
    customer_.push_back(supply_.admit(
        {.holder = holder(i), .region = cohort_.region, .tier_weight = cohort_.tier_weight, .cohort = cohort_.name}));
    RandomStream chance(setup.seed, setup.replicate, fmt::format("market/dealers/{}/{}", cohort_.name, i));
    optimism_[i] = chance.log_normal(0.0, cohort_.belief_spread);
    shown_.begin(i, chance);
    ordered_.begin(i, chance);
    belief_.row(i) = optimism_[i] * setup.price.transpose();
    sales_.row(i) = setup.sales.transpose() / static_cast<double>(cohort_.count);
    for (Eigen::Index k = 0; k < products; ++k)
      accounts_.make(holder(i), k, static_cast<std::int64_t>(cohort_.cover_days * sales_(i, k) + chance.uniform()));
  }
  modest_first_.resize(static_cast<std::size_t>(cohort_.count));
  std::iota(modest_first_.begin(), modest_first_.end(), Eigen::Index{0});
  std::ranges::stable_sort(modest_first_, {}, [this](Eigen::Index i) { return optimism_[i]; });
  if (cohort_.order_up_to) up_to_.emplace(cohort_, *cohort_.order_up_to, sales_);
}

std::int64_t Dealers::stock(Eigen::Index product) const {
  return accounts_.goods().col(product).segment(first_holder_, cohort_.count).sum();
}

void Dealers::quote(const MarketBoard& board, std::span<SpotBook> books) {
  const models::OfferTerms terms{.turnover = cohort_.turnover, .withholding = cohort_.withholding};
  before_ = accounts_.goods().middleRows(first_holder_, cohort_.count);
  for (Eigen::Index k = 0; k < accounts_.products(); ++k) {
    if (board.launched[k] == 0.0) continue;
    for (const Eigen::Index i : modest_first_) {
      belief_(i, k) =
          models::adaptive_expectation(belief_(i, k), optimism_[i] * board.scarcity[k], cohort_.belief_speed);
      const std::int64_t goods = before_(i, k);
      if (goods == 0) continue;
      // Nobody waits for more than a few years.
      const double days = std::min(1000.0, static_cast<double>(goods) / std::max(sales_(i, k), 1e-9));
      const double least = models::reservation_price(
          {.expected_price = belief_(i, k), .days_of_stock = days, .carrying_cost = cohort_.carrying_cost});
      const double shown = models::offered_quantity(terms, goods, board.spot[k] / least);
      books[static_cast<std::size_t>(k)].ask(holder(i),
                                             {.limit = least, .quantity = std::min(goods, shown_.of(i, k, shown))});
    }
  }
}

double Dealers::wanted(Eigen::Index i, Eigen::Index product, const MarketBoard& board, double unserved) {
  const models::StockPosition position{
      .on_hand = static_cast<double>(accounts_.goods(holder(i), product)),
      .on_order = static_cast<double>(supply_.of(product).pipeline(customer_[static_cast<std::size_t>(i)], product))};
  if (up_to_) return std::max(0.0, up_to_->review(i, product, position, board.lead_days[product]));
  const double sales = std::max(sales_(i, product) + unserved, least_dealer_sales);
  const double cover = cohort_.cover_days + cohort_.pipeline_weight * board.lead_days[product];
  const models::StockManagement rule{
      .adjustment = cohort_.adjustment, .pipeline_weight = cohort_.pipeline_weight, .desired_stock = cover * sales};
  return rule.order(sales * static_cast<double>(cohort_.review_days), position);
}

void Dealers::order(const MarketBoard& board) {
  const Eigen::ArrayXXd sold = (before_ - accounts_.goods().middleRows(first_holder_, cohort_.count)).cast<double>();
  sales_ += (sold - sales_) / dealer_sales_memory_days;
  // What was bid for and not there would have been sold too.
  const Eigen::ArrayXd unserved = (board.bid_rate - board.trade_rate).max(0.0) / static_cast<double>(cohort_.count);
  if (up_to_) up_to_->see(sold.rowwise() + unserved.transpose());
  for (Eigen::Index i = 0; i < cohort_.count; ++i) {
    if (!reviews(i, board.day, cohort_.review_days)) continue;
    for (Eigen::Index k = 0; k < accounts_.products(); ++k) {
      const double goods = wanted(i, k, board, unserved[k]);
      if (board.on_sale[k] == 0.0 || board.spot[k] < (1.0 + cohort_.margin) * board.landed[k]) continue;
      supply_.of(k).order(customer_[static_cast<std::size_t>(i)], k, ordered_.of(i, k, goods));
    }
  }
}

}  // namespace chokepoint::sim
