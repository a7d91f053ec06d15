#pragma once

#include <cstdint>

namespace chokepoint::models {

/// Goods to be delivered by a date at a price agreed before, in any one currency. The deposit was paid at signing and
/// goes back for goods that are not delivered; the penalty comes on top. Both are shares of the price, 0 or more.
struct SupplyContract {
  double price = 0.0;
  std::int64_t quantity = 0;
  double deposit_share = 0.0;
  double penalty_share = 0.0;

  /// What the seller wins by selling a good at the spot price instead of delivering it.
  [[nodiscard]] double breach_gain(double spot_price) const { return spot_price - price * (1.0 + penalty_share); }
  /// What the buyer wins by leaving the deposit and buying a good at the spot price.
  [[nodiscard]] double walk_away_gain(double spot_price) const { return price * (1.0 - deposit_share) - spot_price; }
};

/// How many of the goods a seller keeps back, for whom lost reputation costs `reputation` times the price for each good
/// of the contract and grows with the square of the share that is missing: with gain g a good, the share that leaves
/// most is g / (2 reputation price), between none and all. The form is this project's own; at no reputation any gain
/// breaks the contract whole, as Tirole 1988, "The Theory of Industrial Organization", has it for a game played once.
std::int64_t goods_kept_back(const SupplyContract& contract, double spot_price, double reputation);

}  // namespace chokepoint::models
