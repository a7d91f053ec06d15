#include "cli/limit_options.hpp"

#include <cmath>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "models/quantity/unit_text.hpp"

namespace chokepoint::cli {
namespace {

// A year, and what no machine has: more is a slip, and would not fit a whole number.
constexpr double most_seconds = 366.0 * 86400.0;
constexpr double most_bytes = 1e15;

double quantity(const std::string& option, const std::string& text, const models::Dimension& dimension, double most) {
  const auto refuse = [&](const std::string& found) {
    throw UsageError(fmt::format("--{}: expected {}, found {}", option, models::describe(dimension), found));
  };
  const auto parsed = models::parse_quantity(text);
  if (const auto* fault = std::get_if<models::UnitTextFault>(&parsed)) refuse(fault->found);
  const auto& number = std::get<models::MeasuredNumber>(parsed);
  if (number.dimension != dimension || number.currency) refuse('"' + text + '"');
  if (!(number.value > 0.0) || number.value > most) refuse('"' + text + "\", which no run can keep to");
  return number.value;
}

}  // namespace

analysis::RunLimits run_limits(const std::optional<std::string>& time, const std::optional<std::string>& memory) {
  analysis::RunLimits limits;
  if (time)
    limits.time = std::chrono::milliseconds(
        std::llround(std::ceil(quantity("time-limit", *time, models::dimension::time, most_seconds) * 1000.0)));
  if (memory)
    limits.memory = static_cast<std::uint64_t>(quantity("memory-limit", *memory, models::dimension::data, most_bytes));
  return limits;
}

}  // namespace chokepoint::cli
