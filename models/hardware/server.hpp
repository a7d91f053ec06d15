#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/hardware/accelerator.hpp"
#include "models/power/server_power.hpp"

namespace chokepoint::models {

/// The unit that is bought, racked and powered: accelerators with their host, fans and network cards.
/// `network_bytes_per_s` is the sum of its ports in one direction. Leaves out storage and host memory.
struct Server {
  std::string name;
  Accelerator accelerator;
  int gpus = 8;
  std::string form;

  /// The most that its supplies are rated to draw; an upper bound and never a draw.
  double rated_power_w = 0.0;
  /// From measurements or stated assumptions, never from the rating alone: see power/README.md.
  ServerPower power;
  std::optional<double> network_bytes_per_s{};

  /// The first is the reference price; the others are later or further quotes.
  std::vector<PriceQuote> prices;
};

}  // namespace chokepoint::models
