#include "sim/market/supply.hpp"

namespace chokepoint::sim {
namespace {

std::vector<std::int64_t> gpus_of(const std::vector<MarketProduct>& products) {
  std::vector<std::int64_t> gpus;
  for (const MarketProduct& product : products) gpus.push_back(product.gpus);
  return gpus;
}

}  // namespace

Supply::Supply(const Setup& setup) : spec_(setup.market) {
  for (std::size_t maker = 0; maker <= spec_.other_makers.size(); ++maker)
    makers_.push_back({.foundry = Foundry(spec_.foundry_of(maker), gpus_of(spec_.products)),
                       .vendor = Vendor({.market = spec_,
                                         .maker = maker,
                                         .accounts = setup.accounts,
                                         .shocks = setup.shocks,
                                         .flows = setup.flows,
                                         .stock = setup.stock,
                                         .regions = setup.regions,
                                         .keep_details = setup.keep_details})});
}

void Supply::begin_with(const Eigen::ArrayXXd& rates) {
  for (std::size_t maker = 0; maker < makers_.size(); ++maker) {
    Eigen::ArrayXXd own = rates;
    for (Eigen::Index k = 0; k < own.cols(); ++k)
      if (maker_of(k) != maker) own.col(k).setZero();
    makers_[maker].foundry.begin_with(own.colwise().sum());
    makers_[maker].vendor.begin_with(own);
  }
}

Eigen::Index Supply::admit(const Vendor::Customer& customer) {
  Eigen::Index number = 0;
  for (Maker& maker : makers_) number = maker.vendor.admit(customer);
  return number;
}

void Supply::open_day(std::int64_t day) {
  for (Maker& maker : makers_) maker.vendor.open_day(day, maker.foundry);
}

void Supply::ask(std::int64_t day) {
  for (Maker& maker : makers_) maker.vendor.ask(day, maker.foundry);
}

}  // namespace chokepoint::sim
