#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::cli {

/// Lines of at most `width`, broken at blanks; a word that is longer stands alone.
std::vector<std::string> wrapped_lines(std::string_view text, std::size_t width);

/// The same as a text whose further lines begin with two blanks.
std::string wrapped_text(std::string_view text, std::size_t width);

/// Of the words of a text.
std::size_t longest_word(std::string_view text);

}  // namespace chokepoint::cli
