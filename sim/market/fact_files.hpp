#pragma once

#include <span>

#include "sim/input/embedded_file.hpp"

namespace chokepoint::sim {

/// The files of scenarios/facts, compiled into the program: what was reported of prices, rents and lead times, and the
/// units shipped.
std::span<const EmbeddedFile> fact_files();

}  // namespace chokepoint::sim
