#include "sim/market/price_list.hpp"

#include "models/market/contract_price.hpp"

namespace chokepoint::sim {

PriceList::PriceList(const MarketSpec& market, std::size_t maker, const MarketShocks& shocks)
    : spec_(market), maker_(maker), terms_(market.vendor_of(maker)), shocks_(shocks) {
  const auto regions = static_cast<Eigen::Index>(market.regions.size());
  const auto products = static_cast<Eigen::Index>(market.products.size());
  list_.setZero(regions, products);
  level_.setOnes(regions, products);
  for (auto* values : {&duty_, &spot_, &mean_spot_}) values->setZero(regions, products);
  open_day(0);
}

void PriceList::open_day(std::int64_t day) {
  if (terms_.list_review && day > 0 && day % terms_.list_review->days == 0) review();
  for (Eigen::Index r = 0; r < list_.rows(); ++r)
    for (Eigen::Index k = 0; k < list_.cols(); ++k) {
      const MarketLane lane{.product = static_cast<std::size_t>(k), .region = static_cast<std::size_t>(r)};
      const MarketProduct& product = spec_.products[lane.product];
      const auto& price = product.list_price[lane.region];
      if (!price || product.maker != maker_) continue;
      list_(r, k) =
          models::Money::from_units(level_(r, k) * price->units() * shocks_.list_price(lane, day)).ten_thousandths;
      duty_(r, k) = shocks_.duty(lane, day);
    }
}

void PriceList::review() {
  for (Eigen::Index r = 0; r < list_.rows(); ++r)
    for (Eigen::Index k = 0; k < list_.cols(); ++k)
      if (list_(r, k) > 0 && mean_spot_(r, k) > 0.0)
        level_(r, k) = models::reviewed_level(terms_.list_review->change, level_(r, k),
                                              mean_spot_(r, k) / models::Money{list_(r, k)}.units());
}

void PriceList::see_spot(MarketLane lane, double price) {
  const auto r = static_cast<Eigen::Index>(lane.region);
  const auto k = static_cast<Eigen::Index>(lane.product);
  spot_(r, k) = price;
  mean_spot_(r, k) += mean_spot_(r, k) == 0.0 ? price : (price - mean_spot_(r, k)) / terms_.contract_days;
}

models::Money PriceList::contract(MarketLane lane) const {
  return models::Money::from_units(
      models::contract_price({.margin = terms_.contract_margin, .pass_through = terms_.pass_through},
                             list(lane).units(), at(mean_spot_, lane)));
}

}  // namespace chokepoint::sim
