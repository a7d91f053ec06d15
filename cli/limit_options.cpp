#include "cli/limit_options.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "models/quantity/unit_text.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::cli {
namespace {

// A year, and what no machine has: more is a slip, and would not fit a whole number.
constexpr double most_seconds = 366.0 * 86400.0;
constexpr double most_bytes = 1e15;

struct LimitOption {
  std::string name;
  models::Dimension dimension;
  double most = 0.0;
};

/// Zero where a fault was added.
double limit(const LimitOption& option, const std::string& text, std::vector<sim::Fault>& faults) {
  const auto refuse = [&](std::string found) {
    faults.push_back({.file = option.name,
                      .where = {},
                      .expected = models::describe(option.dimension),
                      .found = std::move(found),
                      .hint = {}});
    return 0.0;
  };
  const auto parsed = models::parse_quantity(text);
  if (const auto* fault = std::get_if<models::UnitTextFault>(&parsed)) return refuse(fault->found);
  const auto& number = std::get<models::MeasuredNumber>(parsed);
  if (number.dimension != option.dimension || number.currency) return refuse('"' + text + '"');
  if (!(number.value > 0.0) || number.value > option.most) return refuse('"' + text + "\", which no run can keep to");
  return number.value;
}

}  // namespace

analysis::RunLimits run_limits(const std::optional<std::string>& time, const std::optional<std::string>& memory) {
  const LimitOption of_time{.name = "--time-limit", .dimension = models::dimension::time, .most = most_seconds};
  const LimitOption of_memory{.name = "--memory-limit", .dimension = models::dimension::data, .most = most_bytes};
  analysis::RunLimits limits;
  std::vector<sim::Fault> faults;
  if (time) limits.time = std::chrono::milliseconds(std::llround(std::ceil(limit(of_time, *time, faults) * 1000.0)));
  if (memory) limits.memory = static_cast<std::uint64_t>(limit(of_memory, *memory, faults));
  sim::throw_if_any(std::move(faults));
  return limits;
}

}  // namespace chokepoint::cli
