#pragma once

#include "models/hardware/server.hpp"
#include "models/training/training_hardware.hpp"

namespace chokepoint::sim {

/// What a training step sees of an accelerator: its best measured matrix product, else .85 of the peak (the measured
/// parts reach .78 to .87), fp8 in the same proportion, half of the links (the catalogue counts both directions), and
/// the widest network of the catalogue's servers that hold it, 200 Gbit/s a GPU where there is none.
models::TrainingHardware training_hardware(const models::Accelerator& accelerator, int gpus_per_node);

/// The same for a server, with its own network.
models::TrainingHardware training_hardware(const models::Server& server);

/// Hopper brought products of fp8, which all NVIDIA's later parts have and none before (an A800 is an Ampere); kernels
/// and software for it are of 2022 or later.
bool hopper_or_later(const models::Accelerator& accelerator);

}  // namespace chokepoint::sim
