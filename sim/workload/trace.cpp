#include "sim/workload/trace.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include <fmt/format.h>

#include "sim/input/csv_table.hpp"
#include "sim/input/fault.hpp"
#include "sim/input/gzip_file.hpp"
#include "sim/input/near_name.hpp"
#include "sim/workload/helios_trace.hpp"
#include "sim/workload/sacct_trace.hpp"
#include "sim/workload/swf_trace.hpp"
#include "sim/workload/trace_builder.hpp"

namespace chokepoint::sim {
namespace {

constexpr const char* known_forms =
    "a header with the columns job_id, submit_time_s, duration_s and gpus, one of Helios or Acme (job_id, submit_time, "
    "duration and gpu_num) or of sacct --parsable2 (JobID, Submit, Elapsed and AllocTRES), or the Standard Workload "
    "Format";

struct Columns {
  std::size_t id = 0;
  std::size_t submit = 0;
  std::size_t duration = 0;
  std::size_t gpus = 0;
  std::optional<std::size_t> tenant;
  std::optional<std::size_t> owner;
  std::optional<std::size_t> announced;
  std::optional<std::size_t> priority;
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
                           .expected = known_forms,
                           .found = fmt::format("\"{}\"", fmt::join(seen, ", "))});
  throw_if_any(std::move(faults));
  columns.tenant = table.find("vc");
  columns.owner = table.find("user");
  columns.announced = table.find("announced_s");
  columns.priority = table.find("priority");
  columns.timestamp = table.find("timestamp");
  return columns;
}

/// The second 0 of a row's clock, if it states the date of its submission.
std::optional<models::LocalTime> origin(std::string_view timestamp, double submit_s) {
  const auto date = models::parse_iso_date(trim(timestamp));
  if (!date || !std::isfinite(submit_s)) return std::nullopt;
  return date->local - std::chrono::seconds(static_cast<std::int64_t>(submit_s));
}

/// The project's own form, which the header has been read of.
Trace read_plain_trace(CsvTable& table) {
  const Columns columns = find_columns(table);
  const std::size_t width = table.fields().size();
  TraceBuilder builder(table.file(), table.lines(), "job_id");
  tell_columns(table,
               {"job_id", "submit_time_s", "duration_s", "gpus", "vc", "user", "announced_s", "priority", "timestamp"},
               builder);
  const auto text = [&table](std::optional<std::size_t> column) {
    return column ? table.field(*column) : std::string_view{};
  };
  while (table.next()) {
    builder.at_line(table.line());
    const double submit_s = builder.seconds(cell(table, columns.submit), "submit_time_s");
    const double duration_s = builder.seconds(cell(table, columns.duration), "duration_s");
    const double gpus = builder.gpus(cell(table, columns.gpus), "gpus");
    if (refuse_cells_beyond(table, width, builder)) continue;
    TraceBuilder::Row row{.id = table.field(columns.id),
                          .submit_s = submit_s,
                          .duration_s = duration_s,
                          .gpus = gpus,
                          .tenant = text(columns.tenant),
                          .owner = text(columns.owner)};
    if (columns.announced && !trim(text(columns.announced)).empty())
      row.announced_s = builder.seconds(text(columns.announced), "announced_s");
    if (columns.priority && !trim(text(columns.priority)).empty())
      row.priority = builder.priority(text(columns.priority), "priority");
    builder.add(row);
    if (columns.timestamp && !builder.has_origin() && !builder.empty())
      if (const auto date = origin(table.field(*columns.timestamp), submit_s)) builder.date_of_second_0(*date);
  }
  return builder.take();
}

}  // namespace

Trace read_trace(const std::filesystem::path& path) {
  std::string text = read_maybe_gzip(path);
  if (is_swf_trace(text)) return read_swf_trace(text, path.string());
  const char separator = guess_separator(text);
  CsvTable table(std::move(text), path.string(), separator);
  if (!table.next())
    throw InputError(Fault{
        .file = path.string(), .where = {}, .expected = "a header and jobs", .found = "an empty file", .hint = {}});
  if (is_helios_trace(table)) return read_helios_trace(table);
  if (is_sacct_trace(table)) return read_sacct_trace(table);
  return read_plain_trace(table);
}

TraceSource::TraceSource(std::shared_ptr<const Trace> trace, Place place)
    : trace_(std::move(trace)), place_(std::move(place)) {
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
         .submit_s = trace_->submit_s[row] - place_.start_s,
         .duration_s = trace_->duration_s[row],
         .gpus = trace_->gpus[row],
         .tenant = place_.tenant_of[trace_->tenant[row]]};
  const std::uint32_t owner = trace_->owner[row];
  const std::uint32_t tenant = trace_->tenant[row];
  if (!place_.owner_of.empty()) job.owner = place_.owner_of[owner];
  if (!place_.owner_of_tenant.empty()) job.owner = place_.owner_of_tenant[tenant];
  if (!place_.priority_of_tenant.empty()) job.priority = place_.priority_of_tenant[tenant];
  if (!place_.priority_of_owner.empty()) job.priority = place_.priority_of_owner[owner].value_or(job.priority);
  if (!trace_->priority.empty()) job.priority = trace_->priority[row];
  if (!trace_->announced_s.empty()) job.announced_s = trace_->announced_s[row];
  return true;
}

}  // namespace chokepoint::sim
