#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::analysis {

/// Runs of letters and digits, in small letters.
std::vector<std::string> words_of(std::string_view text);

/// The chips that words such as "8-GPU A100 or A800 server" speak of, in order of the alphabet: what begins with a
/// letter and holds a digit.
std::vector<std::string> chips_of(std::string_view text);

}  // namespace chokepoint::analysis
