#include "sim/scenario/tenant_map.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "sim/input/near_name.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::size_t most_faults = 5;

std::optional<std::uint32_t> place_of(const std::string& name, const std::vector<TenantNodes>& tenants) {
  const auto found = std::ranges::find(tenants, name, &TenantNodes::name);
  if (found == tenants.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - tenants.begin());
}

}  // namespace

std::vector<std::uint32_t> map_tenants(const Trace& trace, const FleetSpec& fleet, std::vector<Fault>& faults) {
  const std::vector<TenantNodes>& tenants = fleet.tenants;
  std::vector<std::string> names;
  for (const TenantNodes& tenant : tenants) names.push_back(tenant.name);
  const auto rest = place_of(everybody, tenants);
  const bool one_for_all = tenants.size() == 1 && trace.tenants.size() == 1 && trace.tenants.front().empty();

  std::vector<std::uint32_t> map;
  std::size_t unknown = 0;
  for (const std::string& tenant : trace.tenants) {
    auto place = place_of(tenant, tenants);
    if (!place) place = rest;
    if (!place && one_for_all) place = 0;
    if (!place) {
      if (++unknown <= most_faults)
        faults.push_back({.file = trace.file,
                          .where = {},
                          .expected = fmt::format("tenants that have nodes: {}", fmt::join(names, ", ")),
                          .found = fmt::format("the tenant \"{}\"", tenant),
                          .hint = near_name_hint(tenant, names)});
      place = 0;
    }
    map.push_back(*place);
  }
  if (unknown > 0) return map;

  std::vector<std::int64_t> most_gpus;
  for (std::size_t tenant = 0; tenant < tenants.size(); ++tenant) most_gpus.push_back(fleet.most_gpus(tenant));
  std::size_t too_large = 0;
  for (std::size_t row = 0; row < trace.size(); ++row) {
    const TenantNodes& tenant = tenants[map[trace.tenant[row]]];
    const std::int64_t most = most_gpus[map[trace.tenant[row]]];
    if (trace.gpus[row] <= most || ++too_large > most_faults) continue;
    faults.push_back({.file = trace.file,
                      .where = fmt::format("line {}, column gpus", trace.line[row]),
                      .expected = fmt::format("at most the {} GPUs of {}", most,
                                              !fleet.further.empty()     ? "a generation"
                                              : tenant.name == everybody ? "the fleet"
                                                                         : "tenant \"" + tenant.name + '"'),
                      .found = fmt::format("job \"{}\" with {}", trace.ids[row], trace.gpus[row]),
                      .hint = {}});
  }
  if (too_large > most_faults)
    faults.push_back(
        {.file = trace.file, .found = fmt::format("{} more jobs that are too large", too_large - most_faults)});
  return map;
}

}  // namespace chokepoint::sim
