#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace chokepoint::analysis {

/// Throws InputError with all of `files` that are there already, so that nothing is written over; `hint` says what to
/// do instead.
void expect_new_files(std::span<const std::filesystem::path> files, const std::string& hint);

}  // namespace chokepoint::analysis
