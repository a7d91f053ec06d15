#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/quantity/money.hpp"
#include "models/tariff/charge.hpp"
#include "models/tariff/ratchet.hpp"

namespace chokepoint::models {

/// What electricity costs: charges in the order in which they are worked out, and how the meter is read for them. A
/// value: the charges never change once made, so copies share them.
struct Tariff {
  std::string name{};
  Currency currency{};
  /// Length of the windows that demand is averaged over; 0 for the step of the load.
  std::chrono::seconds demand_window{0};
  /// Remembers earlier months' demand; see Ratchet.
  std::optional<Ratchet> ratchet{};
  std::vector<std::shared_ptr<const Charge>> charges{};
};

/// The length of step at which a load should be metered for `tariff`: it divides an hour, the demand window and the
/// interval of prices; 15 minutes where nothing asks for less.
std::chrono::seconds metering_step(const Tariff& tariff);

}  // namespace chokepoint::models
