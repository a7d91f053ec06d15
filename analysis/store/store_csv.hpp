#pragma once

#include <string>

#include "analysis/output/text_sink.hpp"
#include "analysis/store/database.hpp"

namespace chokepoint::analysis {

/// Writes a table or view of a store as comma-separated values, a line a row, in the order of its keys; SQL's NULL is
/// an empty cell.
void write_store_csv(const Database& database, const std::string& table, const TextSink& sink);

}  // namespace chokepoint::analysis
