#include "models/reliability/failure_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "models/contract/expects.hpp"
#include "models/quantity/quantity.hpp"

namespace chokepoint::models {

namespace {

struct Count {
  std::string_view name;
  FailureOrigin origin;
  int interruptions;
};
constexpr double llama3_thousand_node_days = 2048.0 * 54.0 / 1000.0;
constexpr std::array<Count, 12> llama3_counts{{
    {"faulty GPU", FailureOrigin::hardware, 148},
    {"HBM", FailureOrigin::hardware, 72},
    {"software", FailureOrigin::software, 54},
    {"network switch or cable", FailureOrigin::hardware, 35},
    {"host maintenance", FailureOrigin::hardware, 32},
    {"GPU SRAM", FailureOrigin::hardware, 19},
    {"GPU system processor", FailureOrigin::hardware, 17},
    {"other", FailureOrigin::hardware, 16},
    {"NIC", FailureOrigin::hardware, 7},
    {"watchdog", FailureOrigin::software, 7},
    {"silent corruption", FailureOrigin::hardware, 6},
    {"thermal", FailureOrigin::hardware, 6},
}};

/// Mean time to failure of jobs of 1,024 GPUs on Meta's first research cluster, and its rate by node alone.
constexpr double research_job_mean_s = 7.9 * 3600.0;
constexpr double research_job_nodes = 128.0;
constexpr double research_per_1000_node_days = 6.5;
constexpr double research_2_per_1000_node_days = 2.34;

FailureTable split_by_llama3(std::string name, std::string about, double per_1000_node_days) {
  FailureTable table{.name = std::move(name), .about = std::move(about), .causes = {}};
  double all = 0.0;
  for (const Count& count : llama3_counts) all += count.interruptions;
  for (const Count& count : llama3_counts)
    table.causes.push_back({.name = std::string(count.name),
                            .origin = count.origin,
                            .per_1000_node_days = per_1000_node_days * count.interruptions / all});
  return table;
}

std::vector<FailureTable> make_tables() {
  double all = 0.0;
  for (const Count& count : llama3_counts) all += count.interruptions;
  std::vector<FailureTable> tables;
  tables.push_back(split_by_llama3("llama3", "one production run on 2,048 nodes of 8 H100 (arXiv:2407.21783)",
                                   all / llama3_thousand_node_days));
  tables.push_back(split_by_llama3("research",
                                   "a research cluster and its jobs of up to 128 nodes of 8 A100 (arXiv:2410.21680)",
                                   research_per_1000_node_days));
  tables.back().causes.push_back({.name = "job's own software or user",
                                  .origin = FailureOrigin::job,
                                  .per_1000_node_days = fitted_extra_per_1000_node_days(
                                      research_per_1000_node_days, research_job_nodes, research_job_mean_s),
                                  .up_to_nodes = research_job_nodes});
  tables.push_back(split_by_llama3("research-2", "nodes of a second research cluster (arXiv:2410.21680)",
                                   research_2_per_1000_node_days));
  return tables;
}
}  // namespace

double FailureCause::per_s(double nodes) const {
  return std::min(nodes, up_to_nodes) * per_1000_node_days / (1000.0 * seconds_per_day);
}

FailureRate FailureTable::rate() const {
  FailureRate rate;
  for (const FailureCause& cause : causes) {
    if (cause.up_to_nodes == std::numeric_limits<double>::infinity()) {
      rate.per_1000_node_days += cause.per_1000_node_days;
      continue;
    }
    expects(rate.extra_per_1000_node_days == 0.0 || rate.extra_up_to_nodes == cause.up_to_nodes,
            "causes that stop growing stop at the same number of nodes");
    rate.extra_per_1000_node_days += cause.per_1000_node_days;
    rate.extra_up_to_nodes = cause.up_to_nodes;
  }
  return rate;
}

std::span<const FailureTable> failure_tables() {
  static const std::vector<FailureTable> tables = make_tables();
  return tables;
}

const FailureTable& failure_table(std::string_view name) {
  const auto tables = failure_tables();
  const auto found = std::ranges::find(tables, name, &FailureTable::name);
  expects(found != tables.end(), "a table of failures is one of failure_tables()");
  return *found;
}

FailureTable failure_table_at(double per_1000_node_days) {
  expects(per_1000_node_days >= 0.0, "a rate is not negative");
  return split_by_llama3("by rate", "a rate of its own, split by the causes of Llama 3", per_1000_node_days);
}

}  // namespace chokepoint::models
