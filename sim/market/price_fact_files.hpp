#pragma once

#include <span>

#include "sim/input/embedded_file.hpp"

namespace chokepoint::sim {

/// scenarios/facts/price-facts.csv, compiled into the program: what was reported of prices and lead times.
std::span<const EmbeddedFile> price_fact_files();

}  // namespace chokepoint::sim
