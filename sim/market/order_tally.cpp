#include "sim/market/order_tally.hpp"

#include <array>

namespace chokepoint::sim {
namespace {

std::array<MarketCounts*, 8> counts_of(OrderTally& tally) {
  return {&tally.ordered,
          &tally.delivered,
          &tally.kept_back,
          &tally.cancelled,
          &tally.undelivered,
          &tally.undelivered_value,
          &tally.undelivered_deposits,
          &tally.deposits_lost};
}

}  // namespace

OrderTally::OrderTally(Eigen::Index products) {
  for (MarketCounts* counts : counts_of(*this)) counts->setZero(0, products);
}

void OrderTally::admit() {
  for (MarketCounts* counts : counts_of(*this)) {
    counts->conservativeResize(counts->rows() + 1, Eigen::NoChange);
    counts->bottomRows(1).setZero();
  }
}

void OrderTally::leave_undelivered(Eigen::Index customer, Eigen::Index product, const Undelivered& of) {
  undelivered(customer, product) += of.goods;
  undelivered_value(customer, product) += of.price.ten_thousandths * of.goods;
  undelivered_deposits(customer, product) += of.deposit;
}

}  // namespace chokepoint::sim
