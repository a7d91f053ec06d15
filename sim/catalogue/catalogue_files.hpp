#pragma once

#include <span>

#include "sim/input/embedded_file.hpp"

namespace chokepoint::sim {

/// The files of `models/catalogue`, in alphabetical order of name.
std::span<const EmbeddedFile> catalogue_files();

}  // namespace chokepoint::sim
