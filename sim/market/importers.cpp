#include "sim/market/importers.hpp"

#include <algorithm>
#include <cmath>

#include "models/market/import_offer.hpp"
#include "models/market/substitution.hpp"
#include "sim/market/review_days.hpp"

namespace chokepoint::sim {
namespace {

// All assumed: of free capital, what a week brings to the market abroad, bid until it is spent; of stock, what a day
// brings to the one at home; most over the last price that they bid, and what they take under it.
constexpr double import_share_a_review = 0.25;
constexpr double import_share_a_day = 0.2;
constexpr double importer_urgency = 0.02;
constexpr double importer_discount = 0.1;

}  // namespace

Importers::Importers(const Setup& setup)
    : setup_(setup),
      cohort_(setup.cohort),
      spent_(Eigen::ArrayXd::Zero(setup.accounts.products())),
      loss_carried_(spent_),
      came_(decltype(came_)::Zero(setup.accounts.products())),
      before_abroad_(came_),
      before_at_home_(came_) {}

MarketLane Importers::lane(Eigen::Index product) const {
  return {.product = static_cast<std::size_t>(product), .region = cohort_.region};
}

double Importers::rate(std::int64_t day) const {
  return setup_.shocks.exchange_rate(cohort_.from, cohort_.region, day);
}

double Importers::price_at_home(Eigen::Index product) const {
  const MarketBoard& board = setup_.to;
  return board.launched[product] > 0.0 ? board.spot[product]
                                       : models::worth_as_others(board.spot * board.launched, board.effective, product);
}

double Importers::free_capital() const {
  double bound = 0.0;
  for (Eigen::Index k = 0; k < setup_.accounts.products(); ++k)
    bound +=
        static_cast<double>(stock(k) + stock_abroad(k) + setup_.accounts.goods(setup_.transit, k)) * price_at_home(k);
  return std::max(0.0, cohort_.capital - bound);
}

void Importers::quote_abroad(std::span<SpotBook> books) {
  const MarketBoard& board = setup_.from;
  for (Eigen::Index k = 0; k < board.spot.size(); ++k) {
    before_abroad_[k] = stock_abroad(k);
    if (board.launched[k] == 0.0) continue;
    books[static_cast<std::size_t>(k)].ask(
        setup_.buyer, {.limit = (1.0 - importer_discount) * board.spot[k], .quantity = before_abroad_[k]});
  }
  if (reviews(0, board.day)) lot_ = import_share_a_review * free_capital() / std::max(1.0, board.launched.sum());
  const double rate_today = rate(board.day);
  const models::ImportTerms terms{.premium = cohort_.premium, .loss = cohort_.loss};
  for (Eigen::Index k = 0; k < board.spot.size(); ++k) {
    if (reviews(0, board.day)) spent_[k] = 0.0;
    if (board.launched[k] == 0.0 || before_abroad_[k] > 0) continue;
    if (!cohort_.grey &&
        setup_.shocks.legal_after(lane(k), board.day, static_cast<double>(cohort_.transit_days)) == 0.0)
      continue;
    const double most = models::most_paid_abroad(terms, price_at_home(k), rate_today);
    if (most <= board.spot[k]) continue;
    const double limit = std::min(most, (1.0 + importer_urgency) * board.spot[k]);
    const double left = std::max(0.0, lot_ - spent_[k]);
    books[static_cast<std::size_t>(k)].bid(
        setup_.buyer, {.limit = limit, .quantity = static_cast<std::int64_t>(left / (limit * rate_today))});
  }
}

void Importers::send() {
  for (Eigen::Index k = 0; k < setup_.accounts.products(); ++k) {
    const std::int64_t bought = stock_abroad(k) - before_abroad_[k];
    if (bought <= 0) continue;
    spent_[k] += static_cast<double>(bought) * setup_.from.spot[k] * rate(setup_.from.day);
    loss_carried_[k] += cohort_.loss * static_cast<double>(bought);
    const auto lost = std::min(bought, static_cast<std::int64_t>(loss_carried_[k]));
    loss_carried_[k] -= static_cast<double>(lost);
    setup_.accounts.move(setup_.buyer, setup_.lost, k, lost);
    setup_.accounts.move(setup_.buyer, setup_.transit, k, bought - lost);
    parcels_.push_back({.product = k, .quantity = bought - lost, .day = setup_.from.day + cohort_.transit_days});
  }
}

void Importers::arrive(std::int64_t day) {
  while (!parcels_.empty() && parcels_.front().day <= day) {
    const Parcel parcel = parcels_.front();
    parcels_.pop_front();
    const bool stopped = !cohort_.grey && setup_.shocks.legal(lane(parcel.product), day) == 0.0;
    setup_.accounts.move(setup_.transit, stopped ? setup_.buyer : setup_.seller, parcel.product, parcel.quantity);
    if (stopped) continue;
    came_[parcel.product] += parcel.quantity;
    setup_.flows.imports(static_cast<Eigen::Index>(cohort_.region), parcel.product) +=
        static_cast<double>(parcel.quantity);
  }
}

void Importers::quote_at_home(std::span<SpotBook> books) {
  const MarketBoard& board = setup_.to;
  for (Eigen::Index k = 0; k < board.spot.size(); ++k) {
    before_at_home_[k] = stock(k);
    if (board.launched[k] == 0.0 || stock(k) == 0) continue;
    const auto shown = static_cast<std::int64_t>(std::ceil(import_share_a_day * static_cast<double>(stock(k))));
    books[static_cast<std::size_t>(k)].ask(setup_.seller,
                                           {.limit = (1.0 - importer_discount) * board.spot[k], .quantity = shown});
  }
}

void Importers::take_home() {
  const auto region = static_cast<Eigen::Index>(cohort_.region);
  for (Eigen::Index k = 0; k < setup_.accounts.products(); ++k)
    if (cohort_.grey) setup_.flows.grey(region, k) += static_cast<double>(before_at_home_[k] - stock(k));
  const models::Money earned = setup_.accounts.money(setup_.seller);
  if (earned.ten_thousandths <= 0) return;
  setup_.accounts.pay(setup_.seller, setup_.exchange_to, earned);
  setup_.accounts.pay(setup_.exchange_from, setup_.buyer,
                      models::Money::from_units(earned.units() / rate(setup_.to.day)));
}

}  // namespace chokepoint::sim
