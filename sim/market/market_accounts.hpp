#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include "models/contract/expects.hpp"
#include "models/quantity/money.hpp"

namespace chokepoint::sim {

/// Whole goods or whole ten-thousandths of money, by holder and product.
using MarketCounts = Eigen::Array<std::int64_t, Eigen::Dynamic, Eigen::Dynamic>;

/// Who holds how many goods and how much money. Goods come into being by `make` alone and are moved otherwise; money is
/// moved within a currency, and a balance may be negative: it counts from the start on. Holders are opened first.
class MarketAccounts {
 public:
  explicit MarketAccounts(Eigen::Index products) : goods_(0, products), made_(MarketCounts::Zero(1, products)) {}

  /// The first of `count` holders in a row, of a currency.
  Eigen::Index open(Eigen::Index count, models::Currency currency);

  [[nodiscard]] Eigen::Index holders() const { return goods_.rows(); }
  [[nodiscard]] Eigen::Index products() const { return goods_.cols(); }
  [[nodiscard]] std::int64_t goods(Eigen::Index holder, Eigen::Index product) const { return goods_(holder, product); }
  [[nodiscard]] const MarketCounts& goods() const { return goods_; }
  [[nodiscard]] models::Money money(Eigen::Index holder) const { return {money_[holder]}; }
  [[nodiscard]] std::int64_t made(Eigen::Index product) const { return made_(0, product); }

  void make(Eigen::Index holder, Eigen::Index product, std::int64_t quantity);
  /// Out of `from`'s stock, which holds as many.
  void move(Eigen::Index from, Eigen::Index to, Eigen::Index product, std::int64_t quantity) {
    models::expects(quantity >= 0 && quantity <= goods_(from, product), "who gives goods has them");
    goods_(from, product) -= quantity;
    goods_(to, product) += quantity;
  }
  /// Goods that the holder has become goods of another product.
  void convert(Eigen::Index holder, Eigen::Index from, Eigen::Index to, std::int64_t quantity);
  /// Between holders of one currency; a negative amount goes the other way.
  void pay(Eigen::Index from, Eigen::Index to, models::Money amount) {
    models::expects(currency_of_[static_cast<std::size_t>(from)] == currency_of_[static_cast<std::size_t>(to)],
                    "payer and payee share a currency");
    money_[from] -= amount.ten_thousandths;
    money_[to] += amount.ten_thousandths;
  }

  /// Goods of each product are those made, no stock is negative, and money of each currency sums to nothing; throws
  /// ContractViolation otherwise.
  void check() const;

 private:
  MarketCounts goods_;
  MarketCounts made_;
  Eigen::Array<std::int64_t, Eigen::Dynamic, 1> money_;
  /// By holder, a place among the currencies.
  std::vector<std::size_t> currency_of_;
  std::vector<models::Currency> currencies_;
};

}  // namespace chokepoint::sim
