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
constexpr std::array units{Unit{"kW", 1e3},       Unit{"kWh", 1e3, true}, Unit{"W", 1.0},
                           Unit{"Wh", 1.0, true}, Unit{"MW", 1e6},        Unit{"MWh", 1e6, true}};

constexpr double most_power = 1e12;

struct Columns {
  std::optional<std::size_t> time;
  std::size_t power = 0;
  std::string power_name;
  Unit unit = units[0];
};

/// The unit that the last word of a column's name is, as in "load_kw", "Demand (MW)" or "kWh".
const Unit* unit_of(std::string_view name) {
  const auto is_letter = [](char letter) { return std::isalpha(static_cast<unsigned char>(letter)) != 0; };
  const auto end = std::find_if(name.rbegin(), name.rend(), is_letter).base();
  const auto begin = std::find_if_not(std::make_reverse_iterator(end), name.rend(), is_letter).base();
  const std::string word = lower_case(std::string(begin, end));
  for (const Unit& unit : units)
    if (word == lower_case(std::string(unit.name))) return &unit;
  return nullptr;
}

bool is_time_name(std::string_view name) {
  const std::string word = lower_case(std::string(name));
  return word.starts_with("time") || word.starts_with("date") || word.starts_with("utc") || word.ends_with("time") ||
         word.starts_with("local") || word == "start" || word == "ds";
}

[[noreturn]] void refuse_columns(const CsvTable& table, std::string expected, std::string found,
                                 std::string hint = {}) {
  throw InputError(Fault{.file = table.file(),
                         .where = fmt::format("line {}", table.line()),
                         .expected = std::move(expected),
                         .found = std::move(found),
                         .hint = std::move(hint)});
}

/// Columns of a file whose first row names them.
Columns named_columns(const CsvTable& table, const std::optional<std::string>& wanted) {
  Columns columns;
  std::vector<std::string> names;
  for (const std::string_view field : table.fields()) names.emplace_back(trim(field));
  for (std::size_t i = 0; i < names.size() && !columns.time; ++i)
    if (names.size() > 1 && is_time_name(names[i]) && unit_of(names[i]) == nullptr) columns.time = i;

  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (i != columns.time && (wanted ? names[i] == *wanted : unit_of(names[i]) != nullptr)) candidates.push_back(i);
  if (wanted && candidates.empty())
    refuse_columns(table, fmt::format("a column \"{}\"", *wanted), fmt::format("{}", fmt::join(names, ", ")),
                   near_name_hint(*wanted, names));
  // A single column is the power whatever it is called.
  if (candidates.empty() && names.size() - (columns.time ? 1 : 0) == 1) candidates.push_back(columns.time == 0 ? 1 : 0);
  if (candidates.size() != 1)
    refuse_columns(table, "one column of power, such as \"kW\", and with more than one which to take",
                   fmt::format("{}", fmt::join(names, ", ")));
  columns.power = candidates.front();
  columns.power_name = names[columns.power];
  if (const Unit* unit = unit_of(columns.power_name)) columns.unit = *unit;
  return columns;
}

/// Columns of a file that begins with a row of values.
Columns unnamed_columns(const CsvTable& table, const std::optional<std::string>& wanted) {
  const std::size_t count = table.fields().size();
  if (wanted) refuse_columns(table, fmt::format("a column \"{}\"", *wanted), "columns without names");
  if (count == 1) return {};
  if (count == 2 && models::parse_iso_date(trim(table.field(0)))) return {.time = 0, .power = 1, .power_name = {}};
  refuse_columns(table, "one column of kW, or a time and kW, or names of columns",
                 fmt::format("{} columns without names", count));
}

bool is_header(const CsvTable& table) {
  return std::ranges::none_of(table.fields(), [](std::string_view field) {
    return parse_number(field).has_value() || models::parse_iso_date(trim(field)).has_value();
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

}  // namespace

LoadFile read_load(const std::filesystem::path& path, const LoadFileOptions& options) {
  std::string text = read_maybe_gzip(path);
  const char separator = guess_separator(text);
  CsvTable table(std::move(text), path.string(), separator);
  bool more = table.next();
  if (!more)
    throw InputError(Fault{.file = table.file(), .where = {}, .expected = "a load", .found = "no rows", .hint = {}});
  const bool header = is_header(table);
  const Columns columns = header ? named_columns(table, options.column) : unnamed_columns(table, options.column);
  if (header) more = table.next();

  RowFaults faults(table.file());
  TimeLine times(options.zone, options.step);
  LoadFile result;
  result.load.power_w.reserve(table.lines());
  for (; more; more = table.next()) {
    const std::string_view field = table.field(columns.power);
    const auto value = parse_number(field);
    if (!value || !(*value >= 0.0) || *value > most_power)
      faults.add(table.line(), fmt::format("a number of {} from 0 to {:g}", columns.unit.name, most_power),
                 field.empty() ? "nothing" : fmt::format("\"{}\"", field));
    result.load.power_w.push_back(value.value_or(0.0) * columns.unit.watts);
    if (!columns.time) continue;
    const std::string_view time = trim(table.field(*columns.time));
    const auto date = models::parse_iso_date(time);
    if (!date) {
      faults.add(table.line(), "an ISO 8601 time, such as \"2018-01-01T00:15\"", fmt::format("\"{}\"", time));
    } else if (const std::string wrong = times.take(*date); !wrong.empty()) {
      faults.add(table.line(), "a time one step after the row before", fmt::format("\"{}\", {}", time, wrong));
    }
  }
  faults.throw_if_any();
  if (result.load.power_w.empty())
    throw InputError(Fault{
        .file = table.file(), .where = {}, .expected = "a load", .found = "no rows below the header", .hint = {}});

  result.load.start = columns.time ? times.start() : options.zone.to_instant(options.start);
  result.load.step = (columns.time ? times.step() : options.step).value_or(std::chrono::hours{1});
  if (columns.unit.energy)
    for (double& power_w : result.load.power_w)
      power_w *= models::seconds_per_hour / static_cast<double>(result.load.step.count());
  result.understood =
      fmt::format("{} rows of {:g} min, {}{} in {}", result.load.power_w.size(),
                  static_cast<double>(result.load.step.count()) / 60.0, columns.time ? "times and " : "",
                  columns.power_name.empty() ? "power" : '"' + columns.power_name + '"', columns.unit.name);
  return result;
}

}  // namespace chokepoint::sim
