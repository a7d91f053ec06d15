#include "sim/workload/trace_builder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace chokepoint::sim {
namespace {

constexpr std::size_t most_faults = 20;

/// A hundred years: room for seconds since 1970, and far from the ends of the calendar.
constexpr double longest_s = 100.0 * 365.25 * 86400.0;
constexpr const char* seconds_expected = "seconds from 0 to a hundred years";
constexpr const char* gpus_expected = "a whole number from 0 to 1000000000";

}  // namespace

TraceBuilder::TraceBuilder(std::string file, std::size_t rows, std::string_view id_column) : id_column_(id_column) {
  trace_.file = std::move(file);
  trace_.ids.reserve(rows, rows * 10);
  trace_.submit_s.reserve(rows);
  trace_.duration_s.reserve(rows);
  trace_.gpus.reserve(rows);
  trace_.tenant.reserve(rows);
  trace_.owner.reserve(rows);
  trace_.line.reserve(rows);
}

void TraceBuilder::refuse(std::string_view column, std::string expected, std::string found) {
  if (++found_ > most_faults) return;
  faults_.push_back({.file = trace_.file,
                     .where = fmt::format("line {}, column {}", line_, column),
                     .expected = std::move(expected),
                     .found = std::move(found),
                     .hint = {}});
}

double TraceBuilder::number(std::optional<std::string_view> field, std::string_view column, const char* expected,
                            double most) {
  if (field)
    if (const auto value = parse_number(*field); value && *value >= 0.0 && *value <= most) return *value;
  refuse(column, expected, field ? fmt::format("\"{}\"", *field) : "the end of the line");
  return std::numeric_limits<double>::quiet_NaN();
}

double TraceBuilder::seconds(std::optional<std::string_view> field, std::string_view column) {
  return number(field, column, seconds_expected, longest_s);
}

double TraceBuilder::gpus(std::optional<std::string_view> field, std::string_view column) {
  const double gpus = number(field, column, gpus_expected, 1e9);
  if (std::isfinite(gpus) && gpus != std::floor(gpus)) refuse(column, gpus_expected, fmt::format("\"{}\"", *field));
  return gpus;
}

std::int32_t TraceBuilder::priority(std::string_view field, std::string_view column) {
  const auto value = parse_integer(trim(field));
  if (value && *value >= -1'000'000 && *value <= 1'000'000) return static_cast<std::int32_t>(*value);
  refuse(column, "a whole number from -1000000 to 1000000", fmt::format("\"{}\"", field));
  return 0;
}

void TraceBuilder::columns(std::vector<std::string> understood, std::vector<std::string> passed_over) {
  trace_.understood = std::move(understood);
  trace_.passed_over = std::move(passed_over);
}

void TraceBuilder::add(const Row& row) {
  if (row.id.empty()) refuse(id_column_, "a name", "an empty field");
  if (row.gpus == 0.0) {
    ++trace_.without_gpus;
    return;
  }
  if (!faults_.empty()) return;
  // Columns that not all rows fill begin with the first that does.
  if (row.announced_s && trace_.announced_s.empty()) trace_.announced_s.resize(trace_.size(), 0.0);
  if (row.priority && trace_.priority.empty()) trace_.priority.resize(trace_.size(), 0);
  const bool tells_announced = row.announced_s || !trace_.announced_s.empty();
  const bool tells_priority = row.priority || !trace_.priority.empty();
  trace_.ids.push_back(row.id);
  trace_.submit_s.push_back(row.submit_s);
  trace_.duration_s.push_back(row.duration_s);
  trace_.gpus.push_back(static_cast<std::int32_t>(row.gpus));
  trace_.line.push_back(static_cast<std::uint32_t>(line_));
  trace_.tenant.push_back(tenant(row.tenant));
  trace_.owner.push_back(owner(row.owner));
  if (tells_announced) trace_.announced_s.push_back(row.announced_s.value_or(0.0));
  if (tells_priority) trace_.priority.push_back(row.priority.value_or(0));
}

std::uint32_t TraceBuilder::owner(std::string_view name) {
  const auto number = [this](std::string_view owner) {
    const auto [place, is_new] = owners_.try_emplace(std::string(owner), static_cast<std::uint32_t>(owners_.size()));
    if (is_new) trace_.owners.emplace_back(owner);
    return place->second;
  };
  if (!name.empty()) return number(name);
  const std::uint32_t tenant = trace_.tenant.back();
  if (tenant >= owner_of_tenant_.size()) owner_of_tenant_.resize(tenant + 1);
  if (!owner_of_tenant_[tenant]) owner_of_tenant_[tenant] = number(trace_.tenants[tenant]);
  return *owner_of_tenant_[tenant];
}

Trace TraceBuilder::take() {
  refuse_duplicate_ids();
  if (found_ > faults_.size())
    faults_.push_back({.file = trace_.file,
                       .where = {},
                       .expected = {},
                       .found = fmt::format("{} more faults", found_ - faults_.size()),
                       .hint = {}});
  throw_if_any(std::move(faults_));
  if (trace_.size() == 0)
    throw InputError(
        Fault{.file = trace_.file, .where = {}, .expected = "jobs that use GPUs", .found = "none", .hint = {}});
  return std::move(trace_);
}

std::uint32_t TraceBuilder::tenant(std::string_view name) {
  // Rows of one tenant often follow one another.
  if (!trace_.tenant.empty() && trace_.tenants[trace_.tenant.back()] == name) return trace_.tenant.back();
  const auto [place, is_new] = tenants_.try_emplace(std::string(name), static_cast<std::uint32_t>(tenants_.size()));
  if (is_new) trace_.tenants.emplace_back(name);
  return place->second;
}

void TraceBuilder::refuse_duplicate_ids() {
  bool rising = true;
  for (std::size_t row = 1; row < trace_.size() && rising; ++row) rising = trace_.ids[row - 1] < trace_.ids[row];
  if (rising) return;
  std::unordered_map<std::string_view, std::size_t> first;
  first.reserve(trace_.size());
  for (std::size_t row = 0; row < trace_.size(); ++row) {
    const auto [place, is_new] = first.try_emplace(trace_.ids[row], row);
    if (is_new) continue;
    line_ = trace_.line[row];
    refuse(id_column_, "each job once",
           fmt::format("\"{}\" a second time, first on line {}", trace_.ids[row], trace_.line[place->second]));
  }
}

std::optional<std::string_view> cell(const CsvTable& table, std::size_t column) {
  if (column >= table.fields().size()) return std::nullopt;
  return table.field(column);
}

void tell_columns(const CsvTable& header, std::initializer_list<std::string_view> known, TraceBuilder& builder) {
  std::vector<std::string> understood;
  std::vector<std::string> passed_over;
  for (const std::string_view field : header.fields()) {
    const std::string_view name = trim(field);
    if (name.empty()) continue;
    (std::ranges::find(known, name) != known.end() ? understood : passed_over).emplace_back(name);
  }
  builder.columns(std::move(understood), std::move(passed_over));
}

bool refuse_cells_beyond(const CsvTable& table, std::size_t width, TraceBuilder& builder) {
  for (std::size_t column = width; column < table.fields().size(); ++column) {
    if (trim(table.field(column)).empty()) continue;
    builder.refuse(fmt::format("{}", column + 1), fmt::format("{} columns, as in the header", width),
                   fmt::format("\"{}\"", table.field(column)));
    return true;
  }
  return false;
}

}  // namespace chokepoint::sim
