#include "sim/world/stream_names.hpp"

#include <typeinfo>

#include "models/contract/expects.hpp"
#include "sim/input/json_document.hpp"
#include "sim/scenario/tenant_map.hpp"

namespace chokepoint::sim {
namespace {

std::string fleet_stream(const FleetSpec& fleet) {
  return child_pointer("fleets", fleet.name);
}

bool alike(const NamedWork& a, const NamedWork& b) {
  const Work& first = *a.work;
  const Work& second = *b.work;
  return a.name.empty() && b.name.empty() && typeid(first) == typeid(second);
}

}  // namespace

std::string work_stream(const FleetSpec& fleet, std::size_t place) {
  models::expects(place < fleet.works.size(), "a fleet has the work that draws");
  const NamedWork& work = fleet.works[place];
  if (!work.name.empty()) return child_pointer(fleet_stream(fleet) + "/work", work.name);
  std::size_t before = 0;
  for (std::size_t i = 0; i < place; ++i) before += alike(fleet.works[i], work) ? 1 : 0;
  return before == 0 ? fleet_stream(fleet) : fleet_stream(fleet) + "/unnamed/" + std::to_string(before);
}

std::vector<NodeFailures::Nodes> node_streams(const FleetSpec& fleet) {
  std::vector<NodeFailures::Nodes> streams;
  for (const TenantNodes& tenant : fleet.tenants)
    streams.push_back({.stream = tenant.name == everybody
                                     ? fleet_stream(fleet)
                                     : child_pointer(fleet_stream(fleet) + "/tenants", tenant.name),
                       .count = tenant.nodes});
  return streams;
}

}  // namespace chokepoint::sim
