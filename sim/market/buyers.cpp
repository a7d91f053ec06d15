#include "sim/market/buyers.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/finance/capital_recovery.hpp"
#include "models/market/rent_setting.hpp"
#include "sim/market/buyer_sizes.hpp"
#include "sim/market/review_days.hpp"

namespace chokepoint::sim {
namespace {

constexpr double months_per_year = 12.0;
/// Of what is in excess, what one review brings to the market; assumed.
constexpr double resale_share_a_review = 0.25;

}  // namespace

Buyers::Buyers(const Setup& setup)
    : cohort_(setup.cohort),
      revenue_(setup.cohort.revenue),
      demand_{.elasticity = setup.cohort.elasticity},
      sharpness_(setup.market.sharpness),
      dearest_taste_(models::dearest_taste(setup.market.sharpness)),
      horizon_days_(setup.market.horizon_days),
      phantom_{.inflation = setup.cohort.inflation,
               .usual_lead_days = static_cast<double>(setup.market.foundry.cycle_days),
               .deposit_share = setup.market.vendor.deposit_share,
               .uniform_allocation = setup.market.vendor.allocation == AllocationRule::uniform},
      accounts_(setup.accounts),
      supply_(setup.supply),
      first_holder_(setup.first_holder),
      scrapped_(setup.scrapped),
      brokers_(setup.brokers),
      compute_(setup.compute),
      bid_(cohort_.count, compute_.size()),
      ordered_(cohort_.count, compute_.size()),
      worn_(cohort_.count, compute_.size()),
      curve_(setup.cohort.elasticity) {
  // Who would lose all of the price sells nothing.
  if (cohort_.resale_loss == 1.0) cohort_.resale_loss.reset();
  for (auto* values : {&size_, &lag_days_, &spend_, &held_}) values->setZero(cohort_.count);
  const std::string stream = fmt::format("market/buyers/{}", cohort_.name);
  const BuyerSizes sizes = buyer_sizes(cohort_, RandomStream(setup.seed, setup.replicate, stream));
  size_ = sizes.share;
  lag_days_ = sizes.lag_days;
  Eigen::ArrayXd begin(cohort_.count);
  for (Eigen::Index i = 0; i < cohort_.count; ++i) {
    const auto named = static_cast<std::size_t>(i) < cohort_.names.size();
    RandomStream chance(setup.seed, setup.replicate, fmt::format("{}/{}", stream, i));
    decision_days_.push_back(cohort_.decision_days > 0.0
                                 ? static_cast<std::size_t>(std::llround(chance.exponential(cohort_.decision_days)))
                                 : 0);
    for (auto* rounding : {&bid_, &ordered_, &worn_}) rounding->begin(i, chance);
    begin[i] = chance.uniform();
    customer_.push_back(std::nullopt);
    if (sizes.rank[i] < cohort_.direct_share)
      customer_.back() = supply_.admit({.holder = holder(i),
                                        .region = cohort_.region,
                                        .tier_weight = cohort_.tier_weight,
                                        .cohort = named ? cohort_.names[static_cast<std::size_t>(i)] : cohort_.name,
                                        .by_contract = true});
  }
  seen_ = LastDays<DayCost>(std::ranges::max(decision_days_));
  start(setup, begin);
}

/// Everybody holds what the cost of the start is worth.
void Buyers::start(const Setup& setup, const Eigen::ArrayXd& rounding) {
  const DayCost cost = cost_of(setup.price);
  const models::ComputeMix& mix = cost.mix;
  recovery_ = models::capital_recovery_factor(cohort_.interest, static_cast<double>(cohort_.life_days) / 365.25);
  spend_a_revenue_ = cohort_.compute_share / recovery_ / mix.cost / demand_.held_a_spend(mix.cost);
  if (cohort_.lets) {
    running_cost_ = cohort_.lets->running_cost * mix.cost / months_per_year;
    rent_ = running_cost_ + recovery_ * mix.cost / months_per_year;
  }
  for (Eigen::Index i = 0; i < cohort_.count; ++i) {
    spend_[i] = spend_a_revenue_ * revenue_of(i, 0);
    const double compute = spend_[i] * cost.held_a_spend;
    for (Eigen::Index k = 0; k < compute_.size(); ++k)
      accounts_.make(holder(i), k, static_cast<std::int64_t>(compute * mix.shares[k] / compute_[k] + rounding[i]));
  }
  look_at_holdings();
}

double Buyers::revenue_of(Eigen::Index i, std::int64_t day) const {
  return size_[i] * revenue_.at(static_cast<double>(day) - lag_days_[i]);
}

Buyers::DayCost Buyers::cost_of(const Eigen::ArrayXd& price) const {
  DayCost day{.price = price, .mix = models::compute_mix(price, compute_, sharpness_)};
  day.held_a_spend = demand_.held_a_spend(day.mix.cost);
  return day;
}

std::int64_t Buyers::stock(Eigen::Index product) const {
  return accounts_.goods().col(product).segment(first_holder_, cohort_.count).sum();
}

std::int64_t Buyers::for_sale(Eigen::Index product) const {
  return static_cast<std::int64_t>(excess_share_ * static_cast<double>(stock(product)));
}

void Buyers::look_at_holdings() {
  held_.setZero();
  for (Eigen::Index k = 0; k < compute_.size(); ++k)
    held_ += compute_[k] * accounts_.goods().col(k).segment(first_holder_, cohort_.count).cast<double>();
}

const models::ScarcityGroup* Buyers::need(const MarketBoard& board) {
  for (Eigen::Index i = first_reviewer(board.day); i < cohort_.count; i += review_days)
    spend_[i] = board.demand * spend_a_revenue_ * revenue_of(i, board.day);
  compute_ = board.effective;
  look_at_holdings();
  if (cohort_.resale_loss) {
    const double kept_a_spend =
        demand_.held_a_spend((1.0 - *cohort_.resale_loss) * cost_of(board.spot * board.launched).mix.cost);
    excess_share_ = (held_ - kept_a_spend * spend_).max(0.0).sum() / std::max(held_.sum(), 1e-9);
  }
  // Who holds nothing still wants a whole good of the smallest kind.
  curve_.set_holders(held_, spend_, compute_.minCoeff());
  if (cohort_.lets) post_rent();
  group_.demand = &curve_;
  group_.effective = compute_;
  return &group_;
}

void Buyers::post_rent() {
  // The price of goods at which the rent would just pay for them.
  const double paid_for = std::max(months_per_year * (rent_ - running_cost_) / recovery_, 1e-9);
  const double wanted_at_rent = spend_.sum() * demand_.held_a_spend(paid_for);
  const double held = std::max(held_.sum(), compute_.minCoeff());
  rent_ = models::posted_rent({.running_cost = running_cost_,
                               .rivals = static_cast<double>(cohort_.count),
                               .elasticity = cohort_.elasticity,
                               .adjustment = cohort_.lets->adjustment},
                              rent_, wanted_at_rent / held);
}

double Buyers::pipeline_compute(Eigen::Index i) const {
  if (!direct(i)) return 0.0;
  double sum = 0.0;
  for (Eigen::Index k = 0; k < compute_.size(); ++k)
    sum += compute_[k] * static_cast<double>(supply_.of(k).pipeline(*customer_[static_cast<std::size_t>(i)], k));
  return sum;
}

void Buyers::quote(const MarketBoard& board, std::span<SpotBook> books) {
  seen_.push(cost_of(board.spot * board.launched));
  const double most = 1.0 + cohort_.urgency;
  const double held_at_most = demand_.held_a_spend(most);
  for (Eigen::Index i = first_reviewer(board.day); i < cohort_.count; i += review_days) {
    const DayCost& seen = seen_.ago(decision_days_[static_cast<std::size_t>(i)]);
    const double missing =
        spend_[i] * held_at_most * seen.held_a_spend - held_[i] - cohort_.pipeline_weight * pipeline_compute(i);
    const bool sells = cohort_.resale_loss && offer_excess(i, board, books);
    for (Eigen::Index k = 0; k < compute_.size(); ++k) {
      if (sells || missing <= 0.0 || seen.mix.shares[k] <= 0.0) continue;
      // Nobody pays much more for one product's compute than for that of all.
      const double limit = std::min(most * seen.price[k], dearest_taste_ * most * seen.mix.cost * compute_[k]);
      const double haste = 1.0 + cohort_.precaution * (1.0 - board.legal_share[k]);
      const double goods = missing * seen.mix.shares[k] / compute_[k] *
                           std::min(1.0, haste * static_cast<double>(review_days) / horizon_days_);
      books[static_cast<std::size_t>(k)].bid(holder(i), {.limit = limit, .quantity = bid_.of(i, k, goods)});
    }
  }
}

bool Buyers::offer_excess(Eigen::Index i, const MarketBoard& board, std::span<SpotBook> books) {
  const double kept_share = 1.0 - *cohort_.resale_loss;
  const double wanted = spend_[i] * demand_.held_a_spend(kept_share * seen_.last().mix.cost);
  if (held_[i] <= wanted) return false;
  // The last unit that is kept is worth as much as it would bring.
  const double least = demand_.value_of_last(spend_[i], held_[i]) / kept_share;
  for (Eigen::Index k = 0; k < compute_.size(); ++k) {
    const std::int64_t goods = accounts_.goods(holder(i), k);
    if (goods == 0 || board.launched[k] == 0.0) continue;
    const auto excess = static_cast<std::int64_t>(static_cast<double>(goods) * (1.0 - wanted / held_[i]));
    if (excess == 0) continue;
    offers_.push_back({.buyer = i, .product = k, .goods_before = goods});
    const auto shown = static_cast<std::int64_t>(std::ceil(resale_share_a_review * static_cast<double>(excess)));
    books[static_cast<std::size_t>(k)].ask(
        holder(i), {.limit = std::max(least * compute_[k], lowest_share_of_list * board.list[k]), .quantity = shown});
  }
  return true;
}

void Buyers::pay_brokers(const MarketBoard& board) {
  for (const Offer& offer : offers_) {
    const std::int64_t sold = offer.goods_before - accounts_.goods(holder(offer.buyer), offer.product);
    accounts_.pay(
        holder(offer.buyer), brokers_,
        models::Money::from_units(*cohort_.resale_loss * board.spot[offer.product] * static_cast<double>(sold)));
  }
  offers_.clear();
}

void Buyers::order(const MarketBoard& board) {
  pay_brokers(board);
  // An order costs the contract price and what compute would have earned until it comes, which at the margin is the
  // spot price by the share that a year pays back.
  const DayCost orders =
      cost_of((board.contract + board.spot * board.lead_days * (recovery_ / 365.25)) * board.on_sale);
  for (Eigen::Index i = first_reviewer(board.day); i < cohort_.count; i += review_days) {
    wear_out(i);
    if (direct(i)) order_missing(i, board, seen_.last(), orders);
  }
}

void Buyers::order_missing(Eigen::Index i, const MarketBoard& board, const DayCost& spot, const DayCost& orders) {
  const Eigen::Index customer = *customer_[static_cast<std::size_t>(i)];
  const double lead = (board.lead_days * orders.mix.shares).sum();
  const double missing = spend_[i] * std::max(orders.held_a_spend, spot.held_a_spend) - held_[i];
  const double pipeline = pipeline_compute(i);
  const double gap =
      std::max(0.0, missing) * models::ordered_over_needed(phantom_, lead) - cohort_.pipeline_weight * pipeline;
  const bool worth_it = orders.mix.cost < spot.mix.cost;
  const double pace = static_cast<double>(review_days) / phantom_.usual_lead_days;
  for (Eigen::Index k = 0; k < compute_.size(); ++k) {
    if (gap <= 0.0 || !worth_it) continue;
    supply_.of(k).order(customer, k, ordered_.of(i, k, pace * gap * orders.mix.shares[k] / compute_[k]));
  }
  if (gap < 0.0) cancel_excess(i, -gap);
}

void Buyers::cancel_excess(Eigen::Index i, double excess_compute) {
  const Eigen::Index customer = *customer_[static_cast<std::size_t>(i)];
  const double pipeline = pipeline_compute(i);
  if (pipeline <= 0.0) return;
  const double share = cohort_.cancellation * (1.0 - phantom_.deposit_share) * std::min(1.0, excess_compute / pipeline);
  for (Eigen::Index k = 0; k < compute_.size(); ++k) {
    const auto open = supply_.of(k).ordered(customer, k);
    supply_.of(k).cancel(customer, k, static_cast<std::int64_t>(share * static_cast<double>(open)));
  }
}

void Buyers::wear_out(Eigen::Index i) {
  const double share = static_cast<double>(review_days) / static_cast<double>(cohort_.life_days);
  for (Eigen::Index k = 0; k < compute_.size(); ++k) {
    const std::int64_t goods = accounts_.goods(holder(i), k);
    accounts_.move(holder(i), scrapped_, k, std::min(goods, worn_.of(i, k, share * static_cast<double>(goods))));
  }
}

}  // namespace chokepoint::sim
