#pragma once

#include <vector>

#include "sim/scenario/fleet_fields.hpp"

namespace chokepoint::sim {

/// The servers of a fleet from its fields, in the order in which jobs try them. Of several types, one that states no
/// speed has that of its measured rate of matrix products (models/training/training_hardware.hpp) against the first of
/// the list: right for work that such products bound, and an assumption for all other.
std::vector<ServerGeneration> generations_of(const FleetFields& fields);

/// What a GPU of known TDP draws idle, W.
double idle_gpu_w(const models::Accelerator& gpu);

}  // namespace chokepoint::sim
