#pragma once

#include <span>
#include <string_view>

namespace chokepoint::models {

enum class FailureOrigin { hardware, software };

/// One cause of interruptions and how often it strikes, per 1000 node-days of 8-GPU nodes.
struct FailureCause {
  std::string_view name;
  FailureOrigin origin = FailureOrigin::hardware;
  double per_1000_node_days = 0.0;
};

/// The 419 unexpected interruptions of Llama 3 405B on 2,048 nodes of 8 H100 in 54 days (arXiv:2407.21783, Table 5),
/// most frequent first. Host maintenance and `other` are taken as hardware: assumed.
std::span<const FailureCause> llama3_failure_causes();

/// Interruptions of one job: those of its nodes, and those that come once a job whatever its size (its software, its
/// users). Lemons are a share of the nodes that fail `lemon_multiple` times as often as the rest.
struct FailureRate {
  double per_1000_node_days = 0.0;
  double per_job_day = 0.0;
  double lemon_share = 0.0;
  double lemon_multiple = 1.0;
};

/// Interruptions per second of a job on `nodes` >= 1 nodes. Expects rates that are not negative and a share in [0, 1].
double interruptions_per_s(const FailureRate& rate, double nodes);

/// The part of a node's interruptions, from 0 to 1, that strike lemons.
double lemon_part(const FailureRate& rate);

/// The rate per job-day under which a job on `nodes` nodes has the measured mean time to failure, beside the rate of
/// its nodes. Expects the measured time to be no longer than the nodes alone allow.
double fitted_per_job_day(double per_1000_node_days, double nodes, double measured_mean_s);

}  // namespace chokepoint::models
