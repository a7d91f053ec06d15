#include "cli/wrapped_text.hpp"

#include <algorithm>

namespace chokepoint::cli {
namespace {

constexpr std::size_t further_indent = 2;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::vector<std::string> lines_of(std::string_view text, std::size_t first, std::size_t further) {
  const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
  std::vector<std::string> lines{std::string(text.substr(0, indent))};
  bool empty = true;
  for (const std::string_view word : words_of(text)) {
    if (!empty && lines.back().size() + 1 + word.size() > (lines.size() == 1 ? first : further)) {
      lines.emplace_back();
      empty = true;
    }
    if (!empty) lines.back() += ' ';
    lines.back() += word;
    empty = false;
  }
  return lines;
}

}  // namespace

std::vector<std::string> wrapped_lines(std::string_view text, std::size_t width) {
  return text.size() <= width ? std::vector{std::string(text)} : lines_of(text, width, width);
}

std::string wrapped_text(std::string_view text, std::size_t width) {
  std::string all;
  for (const std::string& line : lines_of(text, width, width - std::min(width, further_indent)))
    all += (all.empty() ? "" : std::string(further_indent, ' ')) + line + '\n';
  return all;
}

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  for (const std::string_view word : words_of(text)) longest = std::max(longest, word.size());
  return longest;
}

}  // namespace chokepoint::cli
