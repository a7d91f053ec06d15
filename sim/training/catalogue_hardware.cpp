#include "sim/training/catalogue_hardware.hpp"

#include <algorithm>

#include "sim/catalogue/catalogue.hpp"

namespace chokepoint::sim {

models::TrainingHardware training_hardware(const models::Accelerator& accelerator, int gpus_per_node) {
  models::NodeOfGpus node{.gpus = gpus_per_node};
  for (const auto& [name, entry] : catalogue().servers.entries()) {
    const models::Server& server = entry.value;
    if (server.accelerator.name == accelerator.name && server.network_bytes_per_s)
      node.network_bytes_per_s =
          std::max(node.network_bytes_per_s.value_or(0.0), *server.network_bytes_per_s / server.gpus);
  }
  return models::training_hardware(accelerator, node);
}

models::TrainingHardware training_hardware(const models::Server& server) {
  if (!server.network_bytes_per_s) return training_hardware(server.accelerator, server.gpus);
  return models::training_hardware(
      server.accelerator, {.gpus = server.gpus, .network_bytes_per_s = *server.network_bytes_per_s / server.gpus});
}

}  // namespace chokepoint::sim
