#include "models/market/contract_price.hpp"

#include <algorithm>

namespace chokepoint::models {

double contract_price(const ContractTerms& terms, double list_price, double mean_spot_price) {
  const double cost = list_price * (1.0 + terms.margin);
  return cost + terms.pass_through * std::max(0.0, mean_spot_price - cost);
}

}  // namespace chokepoint::models
