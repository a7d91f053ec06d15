#pragma once

#include <filesystem>
#include <string>

namespace chokepoint::cli {

/// Throws InputError where --resume has no store at `path` to go on with, as where its name is misspelt.
void expect_store_to_resume(const std::filesystem::path& path);

/// Says on standard error what stopped a command, what it has kept in a store, and how to go on.
void tell_stop(const std::string& cause, const std::string& kept, const std::filesystem::path& store);

}  // namespace chokepoint::cli
