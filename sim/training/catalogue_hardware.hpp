#pragma once

#include "models/hardware/server.hpp"
#include "models/training/training_hardware.hpp"

namespace chokepoint::sim {

/// What a training step sees of an accelerator, with the widest network of the catalogue's servers that hold it.
models::TrainingHardware training_hardware(const models::Accelerator& accelerator, int gpus_per_node);

/// The same for a server, with its own network; with the catalogue's widest where it states none.
models::TrainingHardware training_hardware(const models::Server& server);

}  // namespace chokepoint::sim
