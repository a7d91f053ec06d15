#include "analysis/facts/fact_words.hpp"

#include <algorithm>
#include <cctype>

#include "sim/record/lower_case.hpp"

namespace chokepoint::analysis {
namespace {

bool is_digit(char letter) {
  return std::isdigit(static_cast<unsigned char>(letter)) != 0;
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool inside = false;
  for (const char letter : text) {
    const bool counts = std::isalnum(static_cast<unsigned char>(letter)) != 0;
    if (counts && !inside) words.emplace_back();
    if (counts) words.back() += letter;
    inside = counts;
  }
  for (std::string& word : words) word = sim::lower_case(word);
  return words;
}

std::vector<std::string> chips_of(std::string_view text) {
  std::vector<std::string> chips = words_of(text);
  std::erase_if(chips,
                [](const std::string& word) { return is_digit(word.front()) || std::ranges::none_of(word, is_digit); });
  std::ranges::sort(chips);
  chips.erase(std::ranges::unique(chips).begin(), chips.end());
  return chips;
}

}  // namespace chokepoint::analysis
