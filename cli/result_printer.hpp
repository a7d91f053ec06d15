#pragma once

#include <string>

#include "cli/terminal/terminal.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::cli {

/// How a result is shown on standard output.
enum class Format { table, json };

/// "table" or "json"; anything else is a UsageError.
Format parse_format(const std::string& text);

/// The key figures and a small picture for a person, or the summary for a program.
std::string result_text(const sim::Record& record, Format format, const Terminal& terminal);

/// The same on standard output.
void print_result(const sim::Record& record, Format format);

}  // namespace chokepoint::cli
