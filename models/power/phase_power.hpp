#pragma once

#include "models/power/server_power.hpp"

namespace chokepoint::models {

/// Shares of a training step's time; they add up to 1.
struct PhaseShares {
  double computing = 1.0;
  double communicating = 0.0;
  double checkpointing = 0.0;
  /// Idle with a context: it holds its memory and waits.
  double idle = 0.0;
};

/// `server` with its `computing` no longer the mean over a run but the phase that only computes, W: chosen so that a
/// typical step, of which `communicating_share` < 1 is communication, keeps the run's mean.
ServerPower resolved_by_phase(const ServerPower& server, double communicating_share);

/// Mean draw of a server over phases, W. For a resolved server. Expects shares that are not negative and add up to 1.
double mean_power_w(const ServerPower& server, const PhaseShares& shares);

}  // namespace chokepoint::models
