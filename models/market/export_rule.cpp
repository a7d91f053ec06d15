#include "models/market/export_rule.hpp"

#include <algorithm>
#include <array>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

double total_processing_performance(const Accelerator& accelerator) {
  double most = accelerator.bf16_flop_per_s * 16.0;
  if (accelerator.fp8_flop_per_s) most = std::max(most, *accelerator.fp8_flop_per_s * 8.0);
  if (accelerator.int8_op_per_s) most = std::max(most, *accelerator.int8_op_per_s * 8.0);
  return most / 1e12;
}

std::optional<double> performance_density(const Accelerator& accelerator) {
  if (!accelerator.die_mm2) return std::nullopt;
  return total_processing_performance(accelerator) / *accelerator.die_mm2;
}

std::optional<bool> holds(const ExportBound& bound, const Accelerator& accelerator) {
  const auto value = export_attribute(bound.attribute, accelerator);
  if (!value) return std::nullopt;
  return (!bound.at_least || *value >= *bound.at_least) && (!bound.below || *value < *bound.below);
}

/// A bound that is known to fail settles the clause, whatever is not known.
std::optional<bool> holds(const std::vector<ExportBound>& clause, const Accelerator& accelerator) {
  std::optional<bool> all = true;
  for (const ExportBound& bound : clause) {
    const auto one = holds(bound, accelerator);
    if (one == false) return false;
    if (!one) all = std::nullopt;
  }
  return all;
}

}  // namespace

std::span<const std::string> export_attributes() {
  static const std::array<std::string, 4> names{"total_processing_performance", "performance_density",
                                                "interconnect_gb_per_s", "memory_bandwidth_gb_per_s"};
  return names;
}

std::optional<double> export_attribute(std::string_view name, const Accelerator& accelerator) {
  if (name == "total_processing_performance") return total_processing_performance(accelerator);
  if (name == "performance_density") return performance_density(accelerator);
  if (name == "memory_bandwidth_gb_per_s") return accelerator.memory_bytes_per_s / 1e9;
  expects(name == "interconnect_gb_per_s", "a rule asks for a known attribute");
  if (!accelerator.link_bytes_per_s) return std::nullopt;
  return *accelerator.link_bytes_per_s / 1e9;
}

std::optional<bool> ExportRule::covers(const Accelerator& accelerator) const {
  std::optional<bool> any = false;
  for (const auto& clause : clauses) {
    const auto one = holds(clause, accelerator);
    if (one == true) return true;
    if (!one) any = std::nullopt;
  }
  return any;
}

}  // namespace chokepoint::models
