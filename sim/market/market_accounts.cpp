#include "sim/market/market_accounts.hpp"

#include <algorithm>

namespace chokepoint::sim {

using models::ensures;
using models::expects;

Eigen::Index MarketAccounts::open(Eigen::Index count, models::Currency currency) {
  const Eigen::Index first = holders();
  goods_.conservativeResize(first + count, Eigen::NoChange);
  goods_.bottomRows(count).setZero();
  money_.conservativeResize(first + count);
  money_.tail(count).setZero();
  const auto known = std::ranges::find(currencies_, currency);
  currency_of_.insert(currency_of_.end(), static_cast<std::size_t>(count),
                      static_cast<std::size_t>(known - currencies_.begin()));
  if (known == currencies_.end()) currencies_.push_back(currency);
  return first;
}

void MarketAccounts::make(Eigen::Index holder, Eigen::Index product, std::int64_t quantity) {
  expects(quantity >= 0, "goods are made and not unmade");
  goods_(holder, product) += quantity;
  made_(0, product) += quantity;
}

void MarketAccounts::convert(Eigen::Index holder, Eigen::Index from, Eigen::Index to, std::int64_t quantity) {
  expects(quantity >= 0 && quantity <= goods_(holder, from), "who changes goods has them");
  goods_(holder, from) -= quantity;
  made_(0, from) -= quantity;
  make(holder, to, quantity);
}

void MarketAccounts::check() const {
  ensures((goods_ >= 0).all(), "no stock is negative");
  for (Eigen::Index k = 0; k < products(); ++k)
    ensures(goods_.col(k).sum() == made(k), "goods are neither lost nor found");
  std::vector<std::int64_t> sums(currencies_.size(), 0);
  for (Eigen::Index h = 0; h < holders(); ++h) sums[currency_of_[static_cast<std::size_t>(h)]] += money_[h];
  ensures(std::ranges::all_of(sums, [](std::int64_t sum) { return sum == 0; }), "money is neither lost nor found");
}

}  // namespace chokepoint::sim
