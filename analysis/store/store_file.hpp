#pragma once

#include <filesystem>

#include "analysis/store/database.hpp"

namespace chokepoint::analysis {

/// Opens a store of runs that is there. Throws InputError, and changes nothing, where the file is missing, no store, of
/// another form, or does not hold together (SQLite's integrity check).
Database open_store(const std::filesystem::path& path, Database::Mode mode);

/// The same of a file that is open already. False where it holds nothing yet: one that was made, but whose maker was
/// killed before it wrote anything.
bool is_store(const std::filesystem::path& path, const Database& database);

/// Marks a new file as a store.
void mark_store(Database& database);

}  // namespace chokepoint::analysis
