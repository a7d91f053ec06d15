#pragma once

#include <string>
#include <string_view>

#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// A record as bytes, column by column behind a version byte: the form in which results travel between processes.
/// Lossless to the bit, not-a-numbers included. The columns of a table must be of one length.
std::string encode_record(const sim::Record& record);

/// Throws WireError where `bytes` are not a whole record of this version.
sim::Record decode_record(std::string_view bytes);

}  // namespace chokepoint::analysis
