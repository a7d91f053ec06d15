#pragma once

#include <optional>
#include <vector>

#include "models/tariff/bill.hpp"
#include "sim/record/record.hpp"
#include "sim/world/world.hpp"

namespace chokepoint::sim {

/// The key figures of a world that has run, in the order in which a person reads them. A figure that has no meaning for
/// the scenario (waits without jobs, a bill without a tariff) is left out.
std::vector<Figure> key_figures(const World& world, const std::vector<std::optional<models::Bill>>& bills);

}  // namespace chokepoint::sim
