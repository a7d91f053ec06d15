#include "sim/scenario/server_generations.hpp"

#include <algorithm>
#include <limits>

#include "models/power/server_power_line.hpp"
#include "models/training/training_hardware.hpp"
#include "sim/catalogue/catalogue.hpp"

namespace chokepoint::sim {
namespace {

double matmul_flop_per_s(const models::Server& server) {
  return models::training_hardware(server.accelerator, {}).matmul_flop_per_s;
}

/// J a GPU draws for a second of a job's duration.
double energy_of_work(const ServerGeneration& generation) {
  return generation.server.power.slot_w(models::PowerState::computing) / generation.speed;
}

models::AcceleratorPower power_of(const models::Accelerator& gpu) {
  return {.tdp_w = gpu.tdp_w.value_or(0.0), .idle_w = gpu.idle_w, .idle_with_context_w = gpu.idle_with_context_w};
}

ServerGeneration generation_of(const FleetFields::ServerFields& fields, bool rated_power) {
  ServerGeneration generation{.server = catalogue().servers.at(fields.server).value,
                              .nodes = fields.nodes,
                              .speed = fields.speed.value_or(1.0),
                              .server_price = fields.server_price};
  models::Server& server = generation.server;
  if (rated_power) server.power = models::rated_power(server.gpus, server.rated_power_w);
  if (!generation.server_price && !server.prices.empty())
    generation.server_price = Price{server.prices.front().amount, server.prices.front().currency};
  return generation;
}

}  // namespace

std::vector<ServerGeneration> generations_of(const FleetFields& fields) {
  if (fields.servers.empty())
    return {generation_of({.server = fields.server,
                           .nodes = fields.nodes.value_or(0),
                           .speed = std::nullopt,
                           .server_price = fields.server_price},
                          fields.rated_power)};
  std::vector<ServerGeneration> generations;
  for (const FleetFields::ServerFields& server : fields.servers)
    generations.push_back(generation_of(server, fields.rated_power));
  const double reference = matmul_flop_per_s(generations.front().server);
  for (std::size_t i = 0; i < generations.size(); ++i)
    if (!fields.servers[i].speed) generations[i].speed = matmul_flop_per_s(generations[i].server) / reference;
  if (fields.prefer == ServerPreference::fastest)
    std::ranges::stable_sort(generations, std::ranges::greater{}, &ServerGeneration::speed);
  if (fields.prefer == ServerPreference::frugal)
    std::ranges::stable_sort(generations, std::ranges::less{}, energy_of_work);
  return generations;
}

double idle_gpu_w(const models::Accelerator& gpu) {
  return models::accelerator_power_w(power_of(gpu), models::PowerState::idle);
}

double ServerGeneration::most_intensity(std::optional<double> gpu_power_cap_w) const {
  if (!gpu_power_cap_w || !server.accelerator.tdp_w) return std::numeric_limits<double>::infinity();
  return models::intensity_at(power_of(server.accelerator), *gpu_power_cap_w);
}

std::vector<ServerGeneration> FleetSpec::generations() const {
  std::int64_t nodes = 0;
  for (const TenantNodes& tenant : tenants) nodes += tenant.nodes;
  std::vector<ServerGeneration> all{{.server = server, .nodes = nodes, .speed = speed, .server_price = server_price}};
  all.insert(all.end(), further.begin(), further.end());
  return all;
}

std::int64_t FleetSpec::nodes() const {
  std::int64_t nodes = 0;
  for (const TenantNodes& tenant : tenants) nodes += tenant.nodes;
  for (const ServerGeneration& generation : further) nodes += generation.nodes;
  return nodes;
}

std::int64_t FleetSpec::gpus() const {
  std::int64_t gpus = 0;
  for (const TenantNodes& tenant : tenants) gpus += std::int64_t{tenant.nodes} * server.gpus;
  for (const ServerGeneration& generation : further) gpus += generation.gpus();
  return gpus;
}

std::int64_t FleetSpec::most_gpus(std::size_t tenant) const {
  std::int64_t most = std::int64_t{tenants[tenant].nodes} * server.gpus;
  for (const ServerGeneration& generation : further) most = std::max(most, generation.gpus());
  return most;
}

}  // namespace chokepoint::sim
