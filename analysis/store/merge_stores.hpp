#pragma once

#include <filesystem>
#include <vector>

namespace chokepoint::analysis {

/// Puts the runs of several stores of one study into one: the same rows in the same order as if one process had run
/// them all. Runs that several parts hold must agree in all but wall time, memory and message, of which those of the
/// first part are kept.
///
/// `out` is written whole or not at all; it must not be there yet, unless it is one of the parts. Throws InputError
/// with every part that belongs to another study, program or catalogue and what differs, or with the first run of a
/// part that disagrees, or where a part is no store; Interrupted on Ctrl-C.
void merge_stores(const std::filesystem::path& out, const std::vector<std::filesystem::path>& parts);

}  // namespace chokepoint::analysis
