#include "models/market/newsvendor.hpp"

#include "models/contract/expects.hpp"
#include "models/statistics/normal_distribution.hpp"

namespace chokepoint::models {

double Newsvendor::best_order() const {
  expects(demand_sd > 0.0 && underage > 0.0 && overage > 0.0, "spread and costs are positive");
  return mean_demand + demand_sd * normal_quantile(underage / (underage + overage));
}

double Newsvendor::lost_sales(double quantity) const {
  expects(demand_sd > 0.0, "demand has a spread");
  const double z = (quantity - mean_demand) / demand_sd;
  return demand_sd * (normal_density(z) - z * normal_cumulative(-z));
}

double Newsvendor::left_over(double quantity) const {
  return quantity - mean_demand + lost_sales(quantity);
}

}  // namespace chokepoint::models
