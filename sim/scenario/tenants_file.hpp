#pragma once

#include <filesystem>
#include <vector>

#include "sim/fleet/fleet.hpp"

namespace chokepoint::sim {

/// Reads who has how many nodes: CSV of name and nodes, with or without a header, or a JSON object of names and
/// numbers. Throws InputError with all faults: numbers that are not whole and at least 1, names that stand twice, an
/// empty file.
std::vector<TenantNodes> read_tenants_file(const std::filesystem::path& path);

}  // namespace chokepoint::sim
