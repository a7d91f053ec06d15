#include "models/reliability/failure_rate.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"
#include "models/quantity/quantity.hpp"

namespace chokepoint::models {

namespace {
constexpr double thousand_days_s = 1000.0 * seconds_per_day;

double lemon_weight(const FailureRate& rate) {
  return rate.lemon_share * rate.lemon_multiple;
}

double extra_per_s(const FailureRate& rate, double nodes) {
  return std::min(nodes, rate.extra_up_to_nodes) * rate.extra_per_1000_node_days / thousand_days_s;
}
}  // namespace

double interruptions_per_s(const FailureRate& rate, double nodes) {
  expects(nodes > 0.0, "a job has a node or a part of one");
  expects(rate.per_1000_node_days >= 0.0 && rate.extra_per_1000_node_days >= 0.0, "rates are not negative");
  expects(rate.lemon_share >= 0.0 && rate.lemon_share <= 1.0, "the share of lemons is from 0 to 1");
  expects(rate.lemon_multiple >= 0.0, "a multiple is not negative");
  const double lemons = 1.0 - rate.lemon_share + lemon_weight(rate);
  return nodes * rate.per_1000_node_days * lemons / thousand_days_s + extra_per_s(rate, nodes);
}

double lemon_part(const FailureRate& rate) {
  const double all = 1.0 - rate.lemon_share + lemon_weight(rate);
  return all > 0.0 ? lemon_weight(rate) / all : 0.0;
}

double extra_part(const FailureRate& rate, double nodes) {
  const double all = interruptions_per_s(rate, nodes);
  return all > 0.0 ? extra_per_s(rate, nodes) / all : 0.0;
}

double fitted_extra_per_1000_node_days(double per_1000_node_days, double nodes, double measured_mean_s) {
  expects(measured_mean_s > 0.0 && nodes > 0.0, "a mean time and nodes are positive");
  const double extra = thousand_days_s / measured_mean_s / nodes - per_1000_node_days;
  expects(extra >= 0.0, "the measured time is no longer than the nodes allow");
  return extra;
}

}  // namespace chokepoint::models
