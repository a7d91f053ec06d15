#pragma once

#include <limits>

namespace chokepoint::models {

/// Interruptions of one job. Those of its nodes grow with their number; further ones, of its own software and users,
/// grow with its nodes up to `extra_up_to_nodes` only and then stay as they are. Lemons are a share of the nodes that
/// fail `lemon_multiple` times as often as the rest. Rates per 1000 node-days of 8-GPU nodes.
struct FailureRate {
  double per_1000_node_days = 0.0;
  double extra_per_1000_node_days = 0.0;
  double extra_up_to_nodes = std::numeric_limits<double>::infinity();
  double lemon_share = 0.0;
  double lemon_multiple = 1.0;
};

/// Interruptions per second of a job on `nodes` > 0 nodes, of which a part of a node is a share of one. Expects rates
/// that are not negative and a share in [0, 1].
double interruptions_per_s(const FailureRate& rate, double nodes);

/// The part of a node's interruptions, from 0 to 1, that strike lemons.
double lemon_part(const FailureRate& rate);

/// The part of a job's interruptions, from 0 to 1, that are of its own software and users.
double extra_part(const FailureRate& rate, double nodes);

/// The extra rate, per 1000 node-days, under which a job on `nodes` nodes has the measured mean time to failure, beside
/// the rate of its nodes. Expects the measured time to be no longer than the nodes alone allow.
double fitted_extra_per_1000_node_days(double per_1000_node_days, double nodes, double measured_mean_s);

}  // namespace chokepoint::models
