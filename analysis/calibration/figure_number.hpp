#pragma once

#include <string_view>

#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// The number of a record's figure; not-a-number where it has none of that key, or a text.
double figure_number(const sim::Record& record, std::string_view key);

}  // namespace chokepoint::analysis
