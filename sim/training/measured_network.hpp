#pragma once

#include <string_view>

#include "models/training/training_hardware.hpp"

namespace chokepoint::sim {

/// Sets link and network of `hardware` to what the description of a cluster says, in so far as it says it: cards of a
/// node ("8x200Gb HDR IB/node", "1600 Gbps/node RoCE", "4x100Gb Omni-Path/node"), and how many of the accelerator's
/// `links` are wired ("NVLink3 (4 links)"). What is not said stays.
void apply_interconnect(std::string_view description, int links, models::TrainingHardware& hardware);

}  // namespace chokepoint::sim
