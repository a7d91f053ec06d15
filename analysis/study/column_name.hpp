#pragma once

#include <optional>
#include <string>

namespace chokepoint::analysis {

/// What is wrong with a name of a column, in the words of a fault.
struct ColumnNameFault {
  std::string expected;
  std::string found;
};

/// Names of parameters and outcomes become columns of SQL and attributes of Python: letters (A to Z), digits and
/// underscores, a letter first, at most 60 of them, no word of Python's own and no column that a store has anyway.
std::optional<ColumnNameFault> column_name_fault(const std::string& name);

}  // namespace chokepoint::analysis
