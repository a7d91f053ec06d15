#include "cli/terminal/terminal.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/wrapped_text.hpp"

namespace chokepoint::cli {
namespace {

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

// The first that is set and not empty counts, as POSIX has it for locales.
bool speaks_unicode() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string locale(environment(name));
    if (locale.empty()) continue;
    std::erase(locale, '-');
    std::ranges::transform(locale, locale.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return locale.find("utf8") != std::string::npos;
  }
  return false;
}

int width_of(int descriptor) {
  constexpr int least = 40;
  constexpr int most = 160;
  int width = 0;
  const std::string_view columns = environment("COLUMNS");
  std::from_chars(columns.data(), columns.data() + columns.size(), width);
  winsize size{};
  if (width <= 0 && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  return width <= 0 ? 80 : std::clamp(width, least, most);
}

}  // namespace

std::string Terminal::paint_prose(const char* code, const std::string& text) const {
  std::string lines = wrapped_text(text, static_cast<std::size_t>(width));
  lines.pop_back();
  return paint(code, lines) + '\n';
}

Terminal terminal_of(std::FILE* stream) {
  const int descriptor = ::fileno(stream);
  Terminal terminal;
  terminal.interactive = ::isatty(descriptor) == 1;
  terminal.width = width_of(descriptor);
  terminal.unicode = speaks_unicode();
  terminal.colour = terminal.interactive && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  return terminal;
}

}  // namespace chokepoint::cli
