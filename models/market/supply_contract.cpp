#include "models/market/supply_contract.hpp"

#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

std::int64_t goods_kept_back(const SupplyContract& contract, double spot_price, double reputation) {
  expects(contract.price > 0.0 && contract.quantity >= 0 && reputation >= 0.0, "a contract is about goods for money");
  const double gain = contract.breach_gain(spot_price);
  if (gain <= 0.0) return 0;
  const double most = 2.0 * reputation * contract.price;
  const double share = gain >= most ? 1.0 : gain / most;
  return static_cast<std::int64_t>(std::floor(share * static_cast<double>(contract.quantity)));
}

}  // namespace chokepoint::models
