#pragma once

#include "analysis/output/text_sink.hpp"
#include "sim/record/table.hpp"

namespace chokepoint::analysis {

/// Writes `table` as comma-separated values (RFC 4180, but lines end in a line feed alone): a line of column names, a
/// line a row. Numbers are the shortest that read back the same, a not-a-number is an empty cell.
void write_csv(const sim::Table& table, const TextSink& sink);

}  // namespace chokepoint::analysis
