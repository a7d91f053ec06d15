#include "models/market/phantom_orders.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

double ordered_over_needed(const PhantomOrders& terms, double lead_days) {
  expects(terms.usual_lead_days > 0.0 && terms.inflation >= 0.0, "goods take time, and nobody orders less than needed");
  if (terms.uniform_allocation) return 1.0;
  const double queue = std::max(0.0, 1.0 - terms.usual_lead_days / std::max(lead_days, terms.usual_lead_days));
  return 1.0 + terms.inflation * (1.0 - terms.deposit_share) * queue;
}

}  // namespace chokepoint::models
