#include "analysis/study/column_name.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "sim/record/lower_case.hpp"

namespace chokepoint::analysis {
namespace {

constexpr std::array<std::string_view, 7> columns_of_store{"point",  "replicate",    "seed",   "status",
                                                           "wall_s", "memory_bytes", "message"};

// docs.python.org/3/reference/lexical_analysis.html#keywords
constexpr std::array<std::string_view, 35> python_keywords{
    "False",  "None",     "True", "and",    "as",   "assert", "async",   "await",  "break", "class",  "continue", "def",
    "del",    "elif",     "else", "except", "for",  "from",   "finally", "global", "if",    "import", "in",       "is",
    "lambda", "nonlocal", "not",  "or",     "pass", "raise",  "return",  "try",    "while", "with",   "yield"};

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::optional<ColumnNameFault> column_name_fault(const std::string& name) {
  const std::string found = '"' + name + '"';
  const auto allowed = [](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  if (name.empty() || !letter(name.front()) || !std::ranges::all_of(name, allowed))
    return ColumnNameFault{"a name of letters, digits and underscores that begins with a letter", found};
  if (name.size() > 60) return ColumnNameFault{"a name of at most 60 letters", found};
  // SQL takes capitals and small letters as the same.
  if (std::ranges::find(columns_of_store, sim::lower_case(name)) != columns_of_store.end())
    return ColumnNameFault{"a name that is no column of every store", found};
  if (std::ranges::find(python_keywords, name) != python_keywords.end())
    return ColumnNameFault{"a name that is no word of Python's own", found};
  return std::nullopt;
}

}  // namespace chokepoint::analysis
