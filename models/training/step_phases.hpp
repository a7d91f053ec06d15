#pragma once

#include "models/power/phase_power.hpp"
#include "models/training/step_time.hpp"

namespace chokepoint::models {

/// What the GPUs of a step do, as far as their power is concerned: they compute, also while traffic runs behind it, or
/// they wait for others in a collective or a receive (traffic that nothing hides, bubbles of the pipeline, stragglers),
/// whose kernels spin: communicating.
PhaseShares phases_of_step(const StepTime& step);

/// Share of communication in a typical step: that of the 335 measured core steps by this model, mean over ten sources.
/// The measured mean power of training is taken to be that of such a step.
inline constexpr double typical_communicating_share = 0.13;

}  // namespace chokepoint::models
