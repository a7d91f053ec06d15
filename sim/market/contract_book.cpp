#include "sim/market/contract_book.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"
#include "models/market/supply_contract.hpp"

namespace chokepoint::sim {

std::deque<std::size_t>& ContractBook::open_of(Eigen::Index customer, Eigen::Index product) {
  const auto place = static_cast<std::size_t>(customer * products_ + product);
  if (place >= open_.size()) open_.resize(place + 1);
  return open_[place];
}

void ContractBook::sign(const ServerContract& contract) {
  if (contract.quantity == 0) return;
  auto& open = open_of(contract.customer, contract.product);
  if (free_.empty()) {
    open.push_back(contracts_.size());
    contracts_.push_back(contract);
    return;
  }
  open.push_back(free_.back());
  contracts_[free_.back()] = contract;
  free_.pop_back();
}

void ContractBook::cancel(Eigen::Index customer, Eigen::Index product, std::int64_t quantity) {
  auto& open = open_of(customer, product);
  while (quantity > 0) {
    models::expects(!open.empty(), "what is cancelled is open");
    ServerContract& contract = contracts_[open.back()];
    const std::int64_t part = std::min(quantity, contract.open());
    contract.cancelled += part;
    quantity -= part;
    if (contract.open() > 0) continue;
    close(open.back());
    open.pop_back();
  }
}

void ContractBook::leave_undelivered(Eigen::Index customer, Eigen::Index product, std::int64_t quantity) {
  auto& open = open_of(customer, product);
  while (quantity > 0) {
    models::expects(!open.empty(), "what is not delivered is open");
    ServerContract& contract = contracts_[open.front()];
    const std::int64_t part = std::min(quantity, contract.open());
    contract.undelivered += part;
    quantity -= part;
    if (contract.open() > 0) continue;
    close(open.front());
    open.pop_front();
  }
}

ContractBook::Handover ContractBook::deliver(const Arrival& arrival, const std::optional<BreachTerms>& breach) {
  auto& open = open_of(arrival.customer, arrival.product);
  Handover sum;
  std::int64_t left = arrival.quantity;
  while (left > 0) {
    models::expects(!open.empty(), "what arrives was agreed");
    ServerContract& contract = contracts_[open.front()];
    const std::int64_t part = std::min(left, contract.open());
    left -= part;
    std::int64_t kept = 0;
    if (breach) {
      const double price = contract.price.units();
      kept = models::goods_kept_back({.price = price, .quantity = part, .penalty_share = breach->penalty_share},
                                     arrival.spot_price, breach->reputation);
      const auto penalty = models::Money::from_units(breach->penalty_share * price * static_cast<double>(kept));
      contract.penalty += penalty;
      sum.penalty += penalty;
    }
    contract.kept_back += kept;
    contract.delivered += part - kept;
    if (part > kept) contract.last_delivery_day = arrival.day;
    sum.kept_back += kept;
    sum.delivered += part - kept;
    sum.price += {contract.price.ten_thousandths * (part - kept)};
    if (contract.open() > 0) continue;
    close(open.front());
    open.pop_front();
  }
  return sum;
}

}  // namespace chokepoint::sim
