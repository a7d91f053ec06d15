#include "sim/workload/sacct_trace.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/workload/date_clock.hpp"
#include "sim/workload/trace_builder.hpp"

namespace chokepoint::sim {
namespace {

/// Takes what stands before the first `separator` off `text`; all of it if there is none.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

/// Digits alone as a number.
std::optional<double> whole(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  return parse_number(text);
}

bool is_unfinished(std::string_view state) {
  constexpr std::array<std::string_view, 3> states{"RUNNING", "PENDING", "SUSPENDED"};
  return std::ranges::any_of(states, [state](std::string_view one) { return state.starts_with(one); });
}

}  // namespace

std::optional<double> parse_elapsed(std::string_view text) {
  text = trim(text);
  double days = 0.0;
  const bool has_days = text.find('-') != std::string_view::npos;
  if (has_days) {
    const auto number = whole(take_until(text, '-'));
    if (!number) return std::nullopt;
    days = *number;
  }
  const auto colons = std::ranges::count(text, ':');
  if (colons != 2 && (has_days || colons != 1)) return std::nullopt;
  const auto hours = colons == 2 ? whole(take_until(text, ':')) : 0.0;
  const auto minutes = whole(take_until(text, ':'));
  const auto seconds = whole(text);
  if (!hours || !minutes || !seconds || *hours >= 24.0 || *minutes >= 60.0 || *seconds >= 60.0) return std::nullopt;
  return ((days * 24.0 + *hours) * 60.0 + *minutes) * 60.0 + *seconds;
}

std::optional<double> gpus_of_tres(std::string_view tres) {
  double sum = 0.0;
  std::optional<double> total;
  while (!tres.empty()) {
    std::string_view number = trim(take_until(tres, ','));
    const std::string_view name = take_until(number, '=');
    if (name != "gres/gpu" && !name.starts_with("gres/gpu:")) continue;
    const auto gpus = whole(number);
    if (!gpus) return std::nullopt;
    if (name == "gres/gpu") total = gpus;
    sum += *gpus;
  }
  return total ? total : sum;
}

bool is_sacct_trace(const CsvTable& table) {
  return table.find("JobID") && table.find("Submit") && table.find("Elapsed") && table.find("AllocTRES");
}

Trace read_sacct_trace(CsvTable& table) {
  const std::size_t id = *table.find("JobID");
  const std::size_t submit = *table.find("Submit");
  const std::size_t elapsed = *table.find("Elapsed");
  const std::size_t tres = *table.find("AllocTRES");
  const std::optional<std::size_t> state = table.find("State");
  const std::optional<std::size_t> partition = table.find("Partition");
  const std::optional<std::size_t> user = table.find("User");
  const std::optional<std::size_t> time_limit = table.find("Timelimit");
  const std::size_t width = table.fields().size();
  TraceBuilder builder(table.file(), table.lines(), "JobID");
  tell_columns(table, {"JobID", "Submit", "Elapsed", "AllocTRES", "State", "Partition", "User", "Timelimit"}, builder);
  builder.date_of_second_0(models::LocalTime{});
  DateClock clock;
  const auto found = [&table](std::size_t column) {
    return cell(table, column) ? fmt::format("\"{}\"", table.field(column)) : std::string("the end of the line");
  };
  while (table.next()) {
    if (table.field(id).find('.') != std::string_view::npos) continue;
    builder.at_line(table.line());
    const auto submit_s = clock.seconds(table.field(submit));
    if (!submit_s) builder.refuse("Submit", DateClock::expected, found(submit));
    const auto duration_s = parse_elapsed(table.field(elapsed));
    if (!duration_s) builder.refuse("Elapsed", "a time such as 1-02:03:04", found(elapsed));
    constexpr double unreadable = -1.0;
    const double gpus = cell(table, tres) ? gpus_of_tres(table.field(tres)).value_or(unreadable) : unreadable;
    if (gpus < 0.0 || gpus > 1e9) builder.refuse("AllocTRES", "resources such as cpu=8,gres/gpu=4", found(tres));
    if (refuse_cells_beyond(table, width, builder)) continue;
    const bool left_out = state && is_unfinished(table.field(*state));
    TraceBuilder::Row row{.id = table.field(id)};
    if (submit_s) row.submit_s = *submit_s;
    if (duration_s) row.duration_s = *duration_s;
    row.gpus = left_out ? 0.0 : std::max(0.0, gpus);
    if (partition) row.tenant = table.field(*partition);
    if (user) row.owner = table.field(*user);
    // "UNLIMITED" and "Partition_Limit" announce nothing.
    if (time_limit) row.announced_s = parse_elapsed(table.field(*time_limit));
    builder.add(row);
  }
  return builder.take();
}

}  // namespace chokepoint::sim
