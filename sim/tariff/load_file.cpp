#include "sim/tariff/load_file.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include "models/calendar/iso_date.hpp"
#include "models/quantity/quantity.hpp"
#include "sim/input/csv_table.hpp"
#include "sim/input/gzip_file.hpp"
#include "sim/input/near_name.hpp"
#include "sim/input/row_faults.hpp"
#include "sim/record/lower_case.hpp"

namespace chokepoint::sim {
namespace {

struct Unit {
  std::string_view name;
  double watts = 1e3;
  bool energy = false;
};
constexpr std::array load_units{Unit{"kW", 1e3},       Unit{"kWh", 1e3, true}, Unit{"W", 1.0},
                                Unit{"Wh", 1.0, true}, Unit{"MW", 1e6},        Unit{"MWh", 1e6, true}};

constexpr double most_power = 1e12;

struct Columns {
  std::optional<std::size_t> time;
  bool time_ends = false;
  std::size_t power = 0;
  std::string power_name;
  Unit unit = load_units[0];
};

/// The unit that the last word of a column's name is, as in "load_kw", "Demand (MW)" or "kWh".
const Unit* unit_of(std::string_view name) {
  const auto is_letter = [](char letter) { return std::isalpha(static_cast<unsigned char>(letter)) != 0; };
  const auto end = std::find_if(name.rbegin(), name.rend(), is_letter).base();
  const auto begin = std::find_if_not(std::make_reverse_iterator(end), name.rend(), is_letter).base();
  const std::string word = lower_case(std::string(begin, end));
  for (const Unit& unit : load_units)
    if (word == lower_case(std::string(unit.name))) return &unit;
  return nullptr;
}

bool is_time_name(std::string_view name) {
  const std::string word = lower_case(std::string(name));
  return word.starts_with("time") || word.starts_with("date") || word.starts_with("utc") || word.ends_with("time") ||
         word.starts_with("local") || word == "start" || word == "ds" || word == "t";
}

bool is_end_name(std::string_view name) {
  std::string words = " " + lower_case(std::string(name)) + " ";
  std::ranges::replace_if(
      words, [](unsigned char letter) { return std::isalpha(letter) == 0; }, ' ');
  return words.find(" end ") != std::string::npos || words.find(" ending ") != std::string::npos;
}

/// An ISO 8601 date or time; "2018/01/01 01:00" too.
std::optional<models::IsoDate> parse_time(std::string_view field) {
  std::string text(trim(field));
  if (text.size() >= 10 && text[4] == '/' && text[7] == '/') text[4] = text[7] = '-';
  return models::parse_iso_date(text);
}

/// Whether a field is a date or a time of day in a form that is not read, such as "31.01.2018" or "1:00 PM".
bool is_other_time(std::string_view field) {
  field = trim(field);
  if (field.empty() || std::isdigit(static_cast<unsigned char>(field[0])) == 0 || parse_time(field)) return false;
  const auto count = [&](char letter) { return std::ranges::count(field, letter); };
  return count(':') > 0 || count('/') == 2 || count('.') == 2;
}

[[noreturn]] void refuse_columns(const CsvTable& table, std::size_t line, std::string expected, std::string found,
                                 std::string hint = {}) {
  throw InputError(Fault{.file = table.file(),
                         .where = fmt::format("line {}", line),
                         .expected = std::move(expected),
                         .found = std::move(found),
                         .hint = std::move(hint)});
}

constexpr std::string_view time_expected = "an ISO 8601 time in one column, such as \"2018-01-01T00:15\"";

/// The columns of time, by what the first row of values has in them; a column that is one by name alone is refused.
void find_times(const CsvTable& table, const std::vector<std::string>& names, const std::optional<std::string>& wanted,
                Columns& columns) {
  std::optional<std::size_t> end;
  std::optional<std::size_t> other;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == wanted) continue;
    if (parse_time(table.field(i))) {
      std::optional<std::size_t>& place = is_end_name(names[i]) ? end : columns.time;
      if (!place) place = i;
    } else if (is_other_time(table.field(i)) ||
               (names.size() > 1 && is_time_name(names[i]) && unit_of(names[i]) == nullptr)) {
      if (!other || is_other_time(table.field(i))) other = i;
    }
  }
  columns.time_ends = !columns.time && end;
  if (!columns.time) columns.time = end;
  const bool date_alone = columns.time && trim(table.field(*columns.time)).size() == 10;
  if (other && (!columns.time || (date_alone && is_other_time(table.field(*other)))))
    refuse_columns(table, table.line(), std::string(time_expected),
                   fmt::format("\"{}\" in column \"{}\"", trim(table.field(*other)), names[*other]));
}

/// Columns of a file whose first row names them, on its first row of values.
Columns named_columns(const CsvTable& table, const std::vector<std::string>& names, std::size_t line,
                      const std::optional<std::string>& wanted) {
  Columns columns;
  std::vector<std::size_t> candidates;
  if (wanted && std::ranges::find(names, *wanted) == names.end())
    refuse_columns(table, line, fmt::format("a column \"{}\"", *wanted), fmt::format("{}", fmt::join(names, ", ")),
                   near_name_hint(*wanted, names));
  find_times(table, names, wanted, columns);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (wanted ? names[i] != *wanted : unit_of(names[i]) == nullptr || parse_time(table.field(i))) continue;
    candidates.push_back(i);
  }
  // A series of this program has the power of all beside that of parts.
  const auto is_total = [&](std::size_t i) { return names[i] == "power_w"; };
  if (std::ranges::find(names, "time_s") != names.end() && std::ranges::count_if(candidates, is_total) == 1)
    candidates = {*std::ranges::find_if(candidates, is_total)};
  // A single column beside the times is the power whatever it is called.
  if (candidates.empty())
    for (std::size_t i = 0; i < names.size(); ++i)
      if (!parse_time(table.field(i))) candidates.push_back(i);
  if (candidates.size() != 1)
    refuse_columns(table, line, "one column of power, such as \"kW\", and with more than one which to take",
                   fmt::format("{}", fmt::join(names, ", ")));
  columns.power = candidates.front();
  columns.power_name = names[columns.power];
  if (const Unit* unit = unit_of(columns.power_name)) columns.unit = *unit;
  return columns;
}

/// Columns of a file that begins with a row of values.
Columns unnamed_columns(const CsvTable& table, const std::optional<std::string>& wanted) {
  const std::size_t count = table.fields().size();
  if (wanted) refuse_columns(table, table.line(), fmt::format("a column \"{}\"", *wanted), "columns without names");
  if (count == 1) return {};
  if (count == 2 && parse_time(table.field(0))) return {.time = 0, .time_ends = false, .power = 1, .power_name = {}};
  refuse_columns(table, table.line(), "one column of kW, or a time and kW, or names of columns",
                 fmt::format("{} columns without names", count));
}

bool is_header(const CsvTable& table) {
  return std::ranges::none_of(table.fields(), [](std::string_view field) {
    return parse_number(field).has_value() || parse_time(field).has_value();
  });
}

/// Holds the times of rows against the places where equal steps put them.
class TimeLine {
 public:
  TimeLine(const models::TimeZone& zone, std::optional<std::chrono::seconds> step) : zone_(zone), step_(step) {}

  /// In words what is wrong with the next row's time; empty if nothing is.
  std::string take(const models::IsoDate& date) {
    if (!began_) {
      began_ = true;
      start_ = date.at(zone_);
      last_ = start_;
      return {};
    }
    if (!step_) {
      const auto apart = date.at(zone_) - last_;
      if (apart.count() <= 0)
        return apart.count() == 0 ? "the time of the row before again" : "a time before that of the row before";
      step_ = apart;
    }
    const models::Instant due = last_ + *step_;
    const bool on_time = date.offset ? date.at(zone_) == due : zone_.to_local(due) == date.local;
    if (on_time) {
      last_ = due;
      return {};
    }
    const models::Instant shown = date.at(zone_);
    if (shown == last_) return "the time of the row before again";
    if (shown < last_) return "a time before that of the row before";
    const auto missing = (shown - due).count();
    last_ = shown;
    if (missing < 0 || missing % step_->count() != 0)
      return fmt::format("a time {} s after the row before, where rows are {} s apart", missing + step_->count(),
                         step_->count());
    return fmt::format("a gap of {} rows", missing / step_->count());
  }
  [[nodiscard]] models::Instant start() const { return start_; }
  [[nodiscard]] std::optional<std::chrono::seconds> step() const { return step_; }

 private:
  const models::TimeZone& zone_;
  std::optional<std::chrono::seconds> step_;
  models::Instant start_;
  models::Instant last_;
  bool began_ = false;
};

/// The clock that a file's offsets set: one of its own if all are the same.
models::TimeZone clock_of(const std::string& file, const std::vector<std::chrono::seconds>& offsets) {
  if (offsets.empty()) return {};
  if (offsets.size() > 1)
    throw InputError(Fault{.file = file,
                           .where = {},
                           .expected = "--time-zone, since the times have several offsets or some have none",
                           .found = "none",
                           .hint = {}});
  const auto minutes = offsets[0].count() / 60;
  if (minutes == 0) return {};
  return models::TimeZone::fixed(
      fmt::format("UTC{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60),
      offsets[0]);
}

/// The line after the row that `table` is at.
std::size_t line_after(const CsvTable& table) {
  std::size_t line = table.line() + 1;
  for (const std::string_view field : table.fields()) line += static_cast<std::size_t>(std::ranges::count(field, '\n'));
  return line;
}

/// A row's fields beyond those of the first row, where they hold anything.
bool is_wider(const CsvTable& table, std::size_t width) {
  const auto fields = table.fields();
  return fields.size() > width &&
         std::ranges::any_of(fields.subspan(width), [](std::string_view field) { return !trim(field).empty(); });
}

}  // namespace

LoadFile read_load(const std::filesystem::path& path, const LoadFileOptions& options) {
  std::string text = read_maybe_gzip(path);
  const char separator = guess_separator(text);
  CsvTable table(std::move(text), path.string(), separator);
  bool more = table.next();
  if (!more)
    throw InputError(Fault{.file = table.file(), .where = {}, .expected = "a load", .found = "no rows", .hint = {}});
  const bool header = is_header(table);
  const std::size_t width = table.fields().size();
  const std::size_t first_line = table.line();
  std::vector<std::string> names;
  for (const std::string_view field : table.fields()) names.emplace_back(trim(field));
  if (header && !table.next())
    throw InputError(Fault{
        .file = table.file(), .where = {}, .expected = "a load", .found = "no rows below the header", .hint = {}});
  const Columns columns =
      header ? named_columns(table, names, first_line, options.column) : unnamed_columns(table, options.column);

  RowFaults faults(table.file());
  const models::TimeZone zone = options.zone.value_or(models::TimeZone{});
  TimeLine times(zone, options.step);
  std::vector<std::chrono::seconds> offsets;
  bool without_offset = false;
  LoadFile result;
  result.load.power_w.reserve(table.lines());
  for (std::size_t due = table.line(); more; more = table.next()) {
    if (!columns.time && table.line() != due)
      faults.add(due, fmt::format("a number of {}", columns.unit.name), "a blank line");
    due = line_after(table);
    if (is_wider(table, width))
      faults.add(
          table.line(),
          fmt::format("{} column{}, as in the {}", width, width == 1 ? "" : "s", header ? "header" : "first row"),
          fmt::format("{}", table.fields().size()),
          separator == ',' ? "a decimal comma is read as a new column: write 2.5 for 2,5" : "");
    const std::string_view field = table.field(columns.power);
    const auto value = parse_number(field);
    if (!value || !(*value >= 0.0) || *value > most_power)
      faults.add(table.line(), fmt::format("a number of {} from 0 to {:g}", columns.unit.name, most_power),
                 field.empty() ? "nothing" : fmt::format("\"{}\"", field));
    result.load.power_w.push_back(value.value_or(0.0) * columns.unit.watts);
    if (!columns.time) continue;
    const std::string_view time = trim(table.field(*columns.time));
    const auto date = parse_time(time);
    if (!date) {
      faults.add(table.line(), "an ISO 8601 time, such as \"2018-01-01T00:15\"", fmt::format("\"{}\"", time));
      continue;
    }
    if (!date->offset) without_offset = true;
    if (date->offset && std::ranges::find(offsets, *date->offset) == offsets.end()) offsets.push_back(*date->offset);
    if (const std::string wrong = times.take(*date); !wrong.empty())
      faults.add(table.line(), "a time one step after the row before", fmt::format("\"{}\", {}", time, wrong));
  }
  faults.throw_if_any();
  if (without_offset && !offsets.empty()) offsets.resize(2);
  result.clock = options.zone ? zone : clock_of(table.file(), offsets);
  result.has_times = columns.time.has_value();
  result.load.start = columns.time ? times.start() : zone.to_instant(options.start);
  result.load.step = (columns.time ? times.step() : options.step).value_or(std::chrono::hours{1});
  if (columns.time_ends) result.load.start -= result.load.step;
  if (columns.unit.energy)
    for (double& power_w : result.load.power_w)
      power_w *= models::seconds_per_hour / static_cast<double>(result.load.step.count());
  result.understood = fmt::format(
      "{} row{} of {:g} min, {}{} in {}, clock {}", result.load.power_w.size(),
      result.load.power_w.size() == 1 ? "" : "s", static_cast<double>(result.load.step.count()) / 60.0,
      columns.time_ends ? "times at the ends of rows and "
      : columns.time    ? "times and "
                        : "",
      columns.power_name.empty() ? "power" : '"' + columns.power_name + '"', columns.unit.name, result.clock.name());
  return result;
}

}  // namespace chokepoint::sim
