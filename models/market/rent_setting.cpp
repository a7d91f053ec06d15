#include "models/market/rent_setting.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

double rival_rent(const RentTerms& terms) {
  expects(terms.running_cost > 0.0 && terms.rivals >= 1.0 && terms.elasticity > 0.0, "lessors have costs and rivals");
  const double bite = terms.rivals * terms.elasticity;
  return bite > 1.0 ? terms.running_cost / (1.0 - 1.0 / bite) : std::numeric_limits<double>::infinity();
}

double posted_rent(const RentTerms& terms, double rent, double pressure) {
  expects(rent > 0.0 && pressure >= 0.0, "rents are positive");
  expects(terms.adjustment >= 0.0 && terms.adjustment <= 1.0, "a rent moves no further than where it clears");
  const double rivalry = rival_rent(terms);
  const double lowest = std::isfinite(rivalry) ? rivalry : terms.running_cost;
  const double clearing = rent * std::pow(pressure, 1.0 / terms.elasticity);
  const double aim = std::max(lowest, clearing);
  return rent * std::pow(aim / rent, terms.adjustment);
}

}  // namespace chokepoint::models
