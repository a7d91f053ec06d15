#pragma once

#include <cstdio>
#include <string>

namespace chokepoint::cli {

/// What a text may use where it is shown.
struct Terminal {
  int width = 80;
  /// Characters beyond ASCII.
  bool unicode = false;
  bool colour = false;
  /// Is there a person who watches?
  bool interactive = false;

  /// `text` in one of the colours below if there is colour, else as it is.
  [[nodiscard]] std::string paint(const char* code, const std::string& text) const {
    return colour && !text.empty() ? "\x1b[" + std::string(code) + "m" + text + "\x1b[0m" : text;
  }
  /// The same of a line of prose, broken at blanks where the terminal ends, and the end of the line.
  [[nodiscard]] std::string paint_prose(const char* code, const std::string& text) const;
};

namespace colour {
inline constexpr const char* bold = "1";
inline constexpr const char* faint = "2";
inline constexpr const char* blue = "38;5;32";
inline constexpr const char* orange = "38;5;208";
}  // namespace colour

/// The terminal behind `stream`, from the system and from COLUMNS, LC_ALL, LC_CTYPE, LANG, NO_COLOR and TERM. What is
/// no terminal gets 80 columns and no colour.
Terminal terminal_of(std::FILE* stream);

}  // namespace chokepoint::cli
