#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace chokepoint::cli {

/// A scenario in words for a person: when and where, power and tariff, fleets with what their facts rest on, work and
/// how much of the GPUs it asks for, and what is taken for granted where the scenario says nothing.
std::string scenario_words(const sim::Scenario& scenario);

}  // namespace chokepoint::cli
