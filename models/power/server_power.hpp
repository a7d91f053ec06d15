#pragma once

#include <array>
#include <cstddef>

namespace chokepoint::models {

/// What a GPU of a server does, as far as its power is concerned.
enum class PowerState { off, idle, allocated, computing, communicating, checkpointing };
inline constexpr std::size_t power_states = 6;

/// Power of a server by state, W: `by_state_w[s]` with all its GPUs in state s, fans, processors, memory and network
/// included. A server whose GPUs are in different states draws the sum of their slots: a slot is one GPU and its
/// equal share of the rest of the server. Leaves out that fans and processors do not follow load in equal shares.
struct ServerPower {
  int gpus = 8;
  std::array<double, power_states> by_state_w{};

  [[nodiscard]] double server_w(PowerState state) const { return by_state_w[static_cast<std::size_t>(state)]; }
  [[nodiscard]] double slot_w(PowerState state) const { return server_w(state) / gpus; }
};

}  // namespace chokepoint::models
