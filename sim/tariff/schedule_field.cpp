#include "sim/tariff/schedule_field.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

#include <fmt/format.h>

#include "sim/input/near_name.hpp"

namespace chokepoint::sim {
namespace {

std::string form_of_runs(std::size_t periods, std::span<const std::string> names) {
  if (!names.empty())
    return fmt::format("24 hours as runs of {}, such as \"6x{} 18x{}\"", fmt::join(names, ", "), names[0], names[1]);
  return fmt::format("24 hours as runs of periods 0 to {}, such as \"6x0 18x0\"", periods - 1);
}

/// The period that a word of a run names; none if there is no such period.
std::optional<std::uint16_t> period_of(const std::string& word, std::size_t periods,
                                       std::span<const std::string> names) {
  if (!names.empty()) {
    const auto found = std::ranges::find(names, word);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::uint16_t>(found - names.begin());
  }
  std::uint16_t period = 0;
  const char* const last = word.data() + word.size();
  const auto [end, error] = std::from_chars(word.data(), last, period);
  if (error != std::errc() || end != last || period >= periods) return std::nullopt;
  return period;
}

void read_runs(FieldVisitor& v, const std::string& text, std::array<std::uint16_t, 24>& hours, std::size_t periods,
               std::span<const std::string> names) {
  const std::string expected = form_of_runs(periods, names);
  std::istringstream words(text);
  std::size_t next = 0;
  for (std::string word; words >> word;) {
    const std::size_t cross = word.find('x');
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + std::min(cross, word.size()), count);
    const bool counted = cross != std::string::npos && error == std::errc() && end == word.data() + cross;
    const std::string name = counted ? word.substr(cross + 1) : word;
    const auto period = counted ? period_of(name, periods, names) : std::nullopt;
    if (!period) return v.refuse(expected, '"' + word + '"', near_name_hint(name, names));
    if (next + count > hours.size()) return v.refuse(expected, '"' + text + "\", which has more");
    std::fill_n(hours.begin() + static_cast<std::ptrdiff_t>(next), count, *period);
    next += count;
  }
  if (next != hours.size()) v.refuse(expected, fmt::format("\"{}\", which has {}", text, next));
}

}  // namespace

void visit_day(FieldVisitor& v, std::array<std::uint16_t, 24>& hours, std::size_t periods,
               std::span<const std::string> names) {
  const auto list = [&] {
    std::vector<std::int64_t> values;
    const double last = static_cast<double>(std::max<std::size_t>(periods, 1) - 1);
    v.list(values, hours.size(), [&](std::int64_t& value) { v.integer(value, {.low = 0.0, .high = last}); });
    if (values.size() > hours.size()) v.refuse("24 periods, one an hour", fmt::format("{}", values.size()));
    if (values.size() != hours.size()) return;
    for (std::size_t hour = 0; hour < hours.size(); ++hour) hours[hour] = static_cast<std::uint16_t>(values[hour]);
  };
  const auto runs = [&] {
    std::string text;
    v.text(text);
    if (!text.empty()) read_runs(v, text, hours, periods, names);
  };
  v.one_of(std::array<FieldVisitor::Alternative, 2>{{{.form = "list", .part = list}, {.form = "text", .part = runs}}});
}

void visit_table(FieldVisitor& v, models::Schedule::Table& table, std::size_t periods) {
  std::vector<std::array<std::uint16_t, 24>> rows;
  v.list(rows, table.size(), [&](std::array<std::uint16_t, 24>& row) { visit_day(v, row, periods); });
  if (rows.size() > table.size()) v.refuse("12 days, one a month", fmt::format("{}", rows.size()));
  if (rows.size() != table.size()) return;
  std::ranges::copy(rows, table.begin());
}

}  // namespace chokepoint::sim
