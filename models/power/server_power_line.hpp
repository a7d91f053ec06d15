#pragma once

#include <optional>

#include "models/power/server_power.hpp"

namespace chokepoint::models {

/// Power of one accelerator, W. Idle levels that nobody measured are taken as shares of the TDP.
struct AcceleratorPower {
  double tdp_w = 0.0;
  std::optional<double> idle_w{};
  std::optional<double> idle_with_context_w{};
};

/// Shares of the TDP that stand where no measurement does (measured parts idle at .10 to .21). Where only bare idle
/// was measured, a context adds to it in proportion of the two idle shares.
namespace power_share {
inline constexpr double idle = 0.16;
inline constexpr double idle_with_context = 0.20;
/// Mean over a training run of 8 H100 (arXiv:2412.08602, arXiv:2506.14551).
inline constexpr double training = 0.76;
/// Middle of 20 to 75 % at the iteration boundary (POLCA, arXiv:2308.12908).
inline constexpr double communicating = 0.475;
/// Host with its accelerators at rest, of what the rating leaves beside their TDP: between DGX A100 and H100.
inline constexpr double host_at_rest = 0.35;
/// Server with its accelerators at TDP, of its rating: between DGX A100 and H100.
inline constexpr double server_at_full_load = 0.87;
}  // namespace power_share

/// What one accelerator draws in a state, W.
double accelerator_power_w(const AcceleratorPower& accelerator, PowerState state);

/// What the accelerator adds to idleness when it draws `power_w`, 1 being what it adds when it computes: the intensity
/// of work that a cap at `power_w` leaves. Negative below idleness.
double intensity_at(const AcceleratorPower& accelerator, double power_w);

struct ServerPowerInputs {
  int gpus = 8;
  double rated_power_w = 0.0;
  AcceleratorPower accelerator;
  /// Wall power of the whole server with all accelerators bare idle, and with all at their TDP; assumed as shares of
  /// the rating where nobody measured them.
  std::optional<double> idle_w{};
  std::optional<double> full_w{};
};

/// A server's power by state: a straight line in the power of its accelerators through two points, all idle and all
/// at TDP. Its slope above 1 is what fans, processors and conversion losses add to a watt of accelerator.
/// Expects the full point to lie above the idle one and within the rating.
ServerPower server_power(const ServerPowerInputs& inputs);

/// The rating in every state but off, for those who ask for it by name: an upper bound, no draw.
ServerPower rated_power(int gpus, double rated_power_w);

}  // namespace chokepoint::models
