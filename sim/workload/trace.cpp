#include "sim/workload/trace.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "sim/input/csv_table.hpp"
#include "sim/input/fault.hpp"
#include "sim/input/gzip_file.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::size_t most_faults = 20;

/// A hundred years: room for seconds since 1970, and far from the ends of the calendar.
constexpr double longest_s = 100.0 * 365.25 * 86400.0;
constexpr const char* seconds_expected = "seconds from 0 to a hundred years";
constexpr const char* gpus_expected = "a whole number from 0 to 1000000000";

struct Columns {
  std::size_t id = 0;
  std::size_t submit = 0;
  std::size_t duration = 0;
  std::size_t gpus = 0;
  std::optional<std::size_t> tenant;
  std::optional<std::size_t> timestamp;
};

/// Finds the columns in the header that the table stands on. Throws InputError with all that are missing.
Columns find_columns(const CsvTable& table) {
  std::vector<std::string> seen;
  for (const std::string_view field : table.fields()) seen.emplace_back(trim(field));
  std::vector<Fault> faults;
  std::size_t found = 0;
  const auto need = [&](std::string_view name) -> std::size_t {
    const auto times = std::ranges::count(seen, name);
    found += times > 0 ? 1 : 0;
    if (times == 1) return *table.find(name);
    if (times > 1) {
      faults.push_back({.file = table.file(),
                        .where = fmt::format("line {}", table.line()),
                        .expected = fmt::format("one column \"{}\"", name),
                        .found = std::to_string(times)});
      return 0;
    }
    faults.push_back({.file = table.file(),
                      .where = fmt::format("line {}", table.line()),
                      .expected = fmt::format("a column \"{}\"", name),
                      .found = fmt::format("the columns {}", fmt::join(seen, ", ")),
                      .hint = near_name_hint(name, seen)});
    return 0;
  };
  Columns columns;
  columns.id = need("job_id");
  columns.submit = need("submit_time_s");
  columns.duration = need("duration_s");
  columns.gpus = need("gpus");
  if (found == 0)
    throw InputError(Fault{.file = table.file(),
                           .where = fmt::format("line {}", table.line()),
                           .expected = "a header with the columns job_id, submit_time_s, duration_s and gpus",
                           .found = fmt::format("\"{}\"", fmt::join(seen, ", "))});
  throw_if_any(std::move(faults));
  columns.tenant = table.find("vc");
  columns.timestamp = table.find("timestamp");
  return columns;
}

/// Reads rows into a trace and gathers what is wrong with them.
class TraceBuilder {
 public:
  TraceBuilder(CsvTable& table, const Columns& columns)
      : table_(table), columns_(columns), width_(table.fields().size()) {
    const std::size_t rows = table.lines();
    trace_.file = table.file();
    trace_.ids.reserve(rows, rows * 10);
    trace_.submit_s.reserve(rows);
    trace_.duration_s.reserve(rows);
    trace_.gpus.reserve(rows);
    trace_.tenant.reserve(rows);
    trace_.line.reserve(rows);
  }

  Trace build() {
    while (table_.next()) take_row();
    refuse_duplicate_ids();
    if (found_ > faults_.size())
      faults_.push_back({.file = table_.file(),
                         .where = {},
                         .expected = {},
                         .found = fmt::format("{} more faults", found_ - faults_.size()),
                         .hint = {}});
    throw_if_any(std::move(faults_));
    if (trace_.size() == 0)
      throw InputError(
          Fault{.file = table_.file(), .where = {}, .expected = "jobs that use GPUs", .found = "none", .hint = {}});
    if (trace_.tenants.empty()) trace_.tenants.emplace_back();
    return std::move(trace_);
  }

 private:
  void refuse(std::string_view column, std::string expected, std::string found) {
    if (++found_ > most_faults) return;
    faults_.push_back({.file = table_.file(),
                       .where = fmt::format("line {}, column {}", table_.line(), column),
                       .expected = std::move(expected),
                       .found = std::move(found),
                       .hint = {}});
  }

  /// A number of at least zero in this row, or NaN and a fault.
  double number(std::size_t column, std::string_view name, std::string_view expected) {
    const std::string_view field = table_.field(column);
    const auto value = parse_number(field);
    if (value && *value >= 0.0 && *value <= (column == columns_.gpus ? 1e9 : longest_s)) return *value;
    refuse(name, std::string(expected),
           column >= table_.fields().size() ? "the end of the line" : fmt::format("\"{}\"", field));
    return std::nan("");
  }

  void take_row() {
    const double submit_s = number(columns_.submit, "submit_time_s", seconds_expected);
    const double duration_s = number(columns_.duration, "duration_s", seconds_expected);
    const double gpus = number(columns_.gpus, "gpus", gpus_expected);
    if (std::isfinite(gpus) && gpus != std::floor(gpus))
      refuse("gpus", gpus_expected, fmt::format("\"{}\"", table_.field(columns_.gpus)));
    for (std::size_t column = width_; column < table_.fields().size(); ++column)
      if (!trim(table_.field(column)).empty())
        return refuse(fmt::format("{}", column + 1), fmt::format("{} columns, as in the header", width_),
                      fmt::format("\"{}\"", table_.field(column)));
    if (table_.field(columns_.id).empty()) refuse("job_id", "a name", "an empty field");
    if (gpus == 0.0) {
      ++trace_.without_gpus;
      return;
    }
    if (!faults_.empty()) return;
    trace_.ids.push_back(table_.field(columns_.id));
    trace_.submit_s.push_back(submit_s);
    trace_.duration_s.push_back(duration_s);
    trace_.gpus.push_back(static_cast<std::int32_t>(gpus));
    trace_.line.push_back(static_cast<std::uint32_t>(table_.line()));
    trace_.tenant.push_back(columns_.tenant ? tenant(table_.field(*columns_.tenant)) : 0);
    if (columns_.timestamp && !trace_.origin) take_origin(submit_s);
  }

  void take_origin(double submit_s) {
    if (const auto date = models::parse_iso_date(trim(table_.field(*columns_.timestamp))))
      trace_.origin = date->local - std::chrono::seconds(static_cast<std::int64_t>(submit_s));
  }

  std::uint32_t tenant(std::string_view name) {
    // Rows of one tenant often follow one another.
    if (!trace_.tenant.empty() && trace_.tenants[trace_.tenant.back()] == name) return trace_.tenant.back();
    const auto [place, is_new] = tenants_.try_emplace(std::string(name), static_cast<std::uint32_t>(tenants_.size()));
    if (is_new) trace_.tenants.emplace_back(name);
    return place->second;
  }

  void refuse_duplicate_ids() {
    bool rising = true;
    for (std::size_t row = 1; row < trace_.size() && rising; ++row) rising = trace_.ids[row - 1] < trace_.ids[row];
    if (rising) return;
    std::unordered_map<std::string_view, std::size_t> first;
    first.reserve(trace_.size());
    for (std::size_t row = 0; row < trace_.size(); ++row) {
      const auto [place, is_new] = first.try_emplace(trace_.ids[row], row);
      if (is_new || ++found_ > most_faults) continue;
      faults_.push_back(
          {.file = table_.file(),
           .where = fmt::format("line {}, column job_id", trace_.line[row]),
           .expected = "each job once",
           .found = fmt::format("\"{}\" a second time, first on line {}", trace_.ids[row], trace_.line[place->second]),
           .hint = {}});
    }
  }

  CsvTable& table_;
  const Columns& columns_;
  std::size_t width_;
  Trace trace_;
  std::unordered_map<std::string, std::uint32_t> tenants_;
  std::vector<Fault> faults_;
  std::size_t found_ = 0;
};

}  // namespace

Trace read_trace(const std::filesystem::path& path) {
  std::string text = read_maybe_gzip(path);
  const char separator = guess_separator(text);
  CsvTable table(std::move(text), path.string(), separator);
  if (!table.next())
    throw InputError(Fault{
        .file = path.string(), .where = {}, .expected = "a header and jobs", .found = "an empty file", .hint = {}});
  const Columns columns = find_columns(table);
  return TraceBuilder(table, columns).build();
}

TraceSource::TraceSource(std::shared_ptr<const Trace> trace, std::vector<std::uint32_t> tenant_of, double start_s)
    : trace_(std::move(trace)), tenant_of_(std::move(tenant_of)), start_s_(start_s) {
  if (std::ranges::is_sorted(trace_->submit_s)) return;
  order_.resize(trace_->size());
  std::iota(order_.begin(), order_.end(), 0u);
  std::ranges::stable_sort(order_, {}, [this](std::uint32_t row) { return trace_->submit_s[row]; });
}

bool TraceSource::next(Job& job) {
  if (at_ == trace_->size()) return false;
  const std::size_t row = order_.empty() ? at_ : order_[at_];
  ++at_;
  job = {.index = row,
         .submit_s = trace_->submit_s[row] - start_s_,
         .duration_s = trace_->duration_s[row],
         .gpus = trace_->gpus[row],
         .tenant = tenant_of_[trace_->tenant[row]]};
  return true;
}

}  // namespace chokepoint::sim
