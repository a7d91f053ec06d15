#include "sim/input/csv_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

template <class Number>
std::optional<Number> parse_whole(std::string_view field) {
  field = trim(field);
  if (field.size() > 1 && field[0] == '+' && field[1] != '-') field.remove_prefix(1);
  Number value{};
  const char* const last = field.data() + field.size();
  const auto [end, error] = std::from_chars(field.data(), last, value);
  if (error != std::errc() || end != last) return std::nullopt;
  return value;
}

}  // namespace

CsvTable::CsvTable(std::string text, std::string file, char separator)
    : text_(std::move(text)), file_(std::move(file)), separator_(separator) {
  if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
}

bool CsvTable::next() {
  fields_.clear();
  unquoted_.clear();
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) next_line_ += text_[at_++] == '\n' ? 1 : 0;
  if (at_ >= text_.size()) return false;
  line_ = next_line_;
  const char* const text = text_.data();
  const std::size_t size = text_.size();
  while (true) {
    if (at_ < size && text[at_] == '"') {
      take_quoted();
    } else {
      const std::size_t begin = at_;
      while (at_ < size && text[at_] != separator_ && text[at_] != '\n') ++at_;
      std::size_t end = at_;
      if (end > begin && text[end - 1] == '\r' && (at_ == size || text[at_] == '\n')) --end;
      fields_.emplace_back(text + begin, end - begin);
    }
    if (at_ >= size) break;
    if (text[at_++] == '\n') {
      ++next_line_;
      break;
    }
  }
  return true;
}

void CsvTable::take_quoted() {
  std::string value;
  ++at_;
  while (true) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == std::string::npos)
      throw InputError(Fault{.file = file_,
                             .where = "line " + std::to_string(line_),
                             .expected = "a quoted field that ends",
                             .found = "a quote that is never closed",
                             .hint = {}});
    value.append(text_, at_, quote - at_);
    at_ = quote + 1;
    if (at_ >= text_.size() || text_[at_] != '"') break;
    value += '"';
    ++at_;
  }
  next_line_ += static_cast<std::size_t>(std::ranges::count(value, '\n'));
  // What stands between a closing quote and the next separator belongs to the field, so that nothing is lost unseen.
  while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') {
    if (text_[at_] != '\r') value += text_[at_];
    ++at_;
  }
  fields_.emplace_back(unquoted_.emplace_back(std::move(value)));
}

std::optional<std::size_t> CsvTable::find(std::string_view name) const {
  for (std::size_t column = 0; column < fields_.size(); ++column)
    if (trim(fields_[column]) == name) return column;
  return std::nullopt;
}

std::size_t CsvTable::lines() const {
  std::size_t count = 1;
  for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n', end + 1)) ++count;
  return count;
}

char guess_separator(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  constexpr std::array separators{',', ';', '\t', '|'};
  return *std::ranges::max_element(separators, {}, [&](char symbol) { return std::ranges::count(line, symbol); });
}

std::string_view trim(std::string_view text) {
  const auto blank = [](char letter) { return letter == ' ' || letter == '\t' || letter == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<double> parse_number(std::string_view field) {
  // Most numbers of a trace are short and whole: those are exact without the machinery of fractions.
  constexpr std::size_t exact_digits = 15;
  if (!field.empty() && field.size() <= exact_digits) {
    std::int64_t whole = 0;
    bool digits = true;
    for (const char letter : field) {
      digits = digits && letter >= '0' && letter <= '9';
      whole = whole * 10 + (letter - '0');
    }
    if (digits) return static_cast<double>(whole);
  }
  return parse_whole<double>(field);
}

std::optional<std::int64_t> parse_integer(std::string_view field) {
  return parse_whole<std::int64_t>(field);
}

}  // namespace chokepoint::sim
