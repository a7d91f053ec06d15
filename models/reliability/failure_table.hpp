#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/reliability/failure_rate.hpp"

namespace chokepoint::models {

/// What breaks: a node, which then needs repair; software that many share, which a restart mends; or a job's own
/// software and users.
enum class FailureOrigin { hardware, software, job };

/// One cause of interruptions and how often it strikes a job, per 1000 node-days of 8-GPU nodes; with a job's nodes it
/// grows up to `up_to_nodes` only.
struct FailureCause {
  std::string name;
  FailureOrigin origin = FailureOrigin::hardware;
  double per_1000_node_days = 0.0;
  double up_to_nodes = std::numeric_limits<double>::infinity();

  /// Interruptions per second of a job on `nodes` nodes.
  [[nodiscard]] double per_s(double nodes) const;
};

/// Causes of interruptions as they were counted somewhere.
struct FailureTable {
  std::string name;
  std::string about;
  std::vector<FailureCause> causes;

  /// Of all causes together. Expects all that stop growing with nodes to stop at the same number.
  [[nodiscard]] FailureRate rate() const;
};

/// "llama3": the 419 unexpected interruptions of Llama 3 405B on 2,048 nodes of 8 H100 in 54 days (arXiv:2407.21783,
/// Table 5), most frequent first; host maintenance and `other` are taken as hardware: assumed.
/// "research": Meta's first research cluster, 6.50 per 1000 node-days (arXiv:2410.21680), split by Llama 3's causes:
/// assumed; and failures of the jobs' own, fitted on the 7.9 h that jobs of 1,024 GPUs had and growing with nodes up
/// to that size: assumed. "research-2": the same of its second cluster, 2.34, without failures of the jobs' own.
std::span<const FailureTable> failure_tables();
/// `name` is one of failure_tables().
const FailureTable& failure_table(std::string_view name);
/// Llama 3's causes, each at its share of another rate of all: "of nodes that fail this often".
FailureTable failure_table_at(double per_1000_node_days);

}  // namespace chokepoint::models
