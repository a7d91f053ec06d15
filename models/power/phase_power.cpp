#include "models/power/phase_power.hpp"

#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

ServerPower resolved_by_phase(const ServerPower& server, double communicating_share) {
  expects(communicating_share >= 0.0 && communicating_share < 1.0, "a share of communication is from 0 to below 1");
  ServerPower resolved = server;
  const double of_communication_w = communicating_share * server.server_w(PowerState::communicating);
  resolved.by_state_w[static_cast<std::size_t>(PowerState::computing)] =
      (server.server_w(PowerState::computing) - of_communication_w) / (1.0 - communicating_share);
  return resolved;
}

double mean_power_w(const ServerPower& server, const PhaseShares& shares) {
  expects(shares.computing >= 0.0 && shares.communicating >= 0.0 && shares.checkpointing >= 0.0 && shares.idle >= 0.0,
          "shares are not negative");
  const double sum = shares.computing + shares.communicating + shares.checkpointing + shares.idle;
  expects(std::abs(sum - 1.0) < 1e-9, "shares of phases add up to 1");
  return shares.computing * server.server_w(PowerState::computing) +
         shares.communicating * server.server_w(PowerState::communicating) +
         shares.checkpointing * server.server_w(PowerState::checkpointing) +
         shares.idle * server.server_w(PowerState::allocated);
}

}  // namespace chokepoint::models
