#include "models/reliability/failure_rate.hpp"

#include <array>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

namespace {
constexpr double day_s = 86400.0;
constexpr double llama3_thousand_node_days = 2048.0 * 54.0 / 1000.0;

constexpr FailureCause counted(std::string_view name, FailureOrigin origin, int interruptions) {
  return {.name = name, .origin = origin, .per_1000_node_days = interruptions / llama3_thousand_node_days};
}

constexpr std::array<FailureCause, 12> llama3{
    counted("faulty GPU", FailureOrigin::hardware, 148),
    counted("HBM", FailureOrigin::hardware, 72),
    counted("software", FailureOrigin::software, 54),
    counted("network switch or cable", FailureOrigin::hardware, 35),
    counted("host maintenance", FailureOrigin::hardware, 32),
    counted("GPU SRAM", FailureOrigin::hardware, 19),
    counted("GPU system processor", FailureOrigin::hardware, 17),
    counted("other", FailureOrigin::hardware, 16),
    counted("NIC", FailureOrigin::hardware, 7),
    counted("watchdog", FailureOrigin::software, 7),
    counted("silent corruption", FailureOrigin::hardware, 6),
    counted("thermal", FailureOrigin::hardware, 6),
};

double lemon_weight(const FailureRate& rate) {
  return rate.lemon_share * rate.lemon_multiple;
}
}  // namespace

std::span<const FailureCause> llama3_failure_causes() {
  return llama3;
}

double interruptions_per_s(const FailureRate& rate, double nodes) {
  expects(nodes >= 1.0, "a job has a node");
  expects(rate.per_1000_node_days >= 0.0 && rate.per_job_day >= 0.0, "rates are not negative");
  expects(rate.lemon_share >= 0.0 && rate.lemon_share <= 1.0, "the share of lemons is from 0 to 1");
  expects(rate.lemon_multiple >= 0.0, "a multiple is not negative");
  const double of_nodes = nodes * rate.per_1000_node_days / 1000.0 * (1.0 - rate.lemon_share + lemon_weight(rate));
  return (of_nodes + rate.per_job_day) / day_s;
}

double lemon_part(const FailureRate& rate) {
  const double all = 1.0 - rate.lemon_share + lemon_weight(rate);
  return all > 0.0 ? lemon_weight(rate) / all : 0.0;
}

double fitted_per_job_day(double per_1000_node_days, double nodes, double measured_mean_s) {
  expects(measured_mean_s > 0.0, "a mean time is positive");
  const double extra = day_s / measured_mean_s - nodes * per_1000_node_days / 1000.0;
  expects(extra >= 0.0, "the measured time is no longer than the nodes allow");
  return extra;
}

}  // namespace chokepoint::models
