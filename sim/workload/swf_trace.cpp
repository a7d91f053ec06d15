#include "sim/workload/swf_trace.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "sim/input/csv_table.hpp"
#include "sim/workload/trace_builder.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::size_t numbers_of_a_line = 18;
constexpr std::string_view blanks = " \t\r";

/// Takes the first line off `text`.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return trim(line);
}

void split(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  for (std::size_t at = line.find_first_not_of(blanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(blanks, at), line.size());
    fields.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(blanks, end);
  }
}

bool unknown(std::string_view field) {
  return parse_number(field) == -1.0;
}

/// The value of the header `; UnixStartTime: N`, if the line is one and states it.
std::optional<std::int64_t> unix_start(std::string_view comment) {
  constexpr std::string_view name = "UnixStartTime:";
  comment = trim(comment.substr(1));
  if (!comment.starts_with(name)) return std::nullopt;
  const auto seconds = parse_integer(comment.substr(name.size()));
  constexpr std::int64_t year_2100_s = 4'102'444'800;
  return seconds && *seconds > 0 && *seconds < year_2100_s ? seconds : std::nullopt;
}

}  // namespace

bool is_swf_trace(std::string_view text) {
  std::vector<std::string_view> fields;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) continue;
    if (line.front() == ';') return true;
    split(line, fields);
    return fields.size() == numbers_of_a_line &&
           std::ranges::all_of(fields, [](std::string_view field) { return parse_number(field).has_value(); });
  }
  return false;
}

Trace read_swf_trace(std::string_view text, const std::string& file) {
  TraceBuilder builder(file, static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1, "1 (job number)");
  builder.columns({"1 (job number)", "2 (submission)", "4 (run time)", "5 (processors)", "8 (processors requested)",
                   "9 (time requested)", "12 (user)", "15 (queue)"},
                  {"3 (wait)", "6 (processor time)", "7 (memory)", "10 (memory requested)", "11 (status)", "13 (group)",
                   "14 (executable)", "16 (partition)", "17 (preceding job)", "18 (think time)"});
  std::vector<std::string_view> fields;
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::string_view line = take_line(text);
    if (line.empty()) continue;
    if (line.front() == ';') {
      if (const auto start = unix_start(line))
        builder.date_of_second_0(models::LocalTime{std::chrono::seconds{*start}});
      continue;
    }
    builder.at_line(line_number);
    split(line, fields);
    if (fields.size() != numbers_of_a_line) {
      builder.refuse(fmt::format("{}", std::min(fields.size(), numbers_of_a_line) + 1), "18 numbers",
                     fmt::format("{}", fields.size()));
      continue;
    }
    const bool by_request = unknown(fields[4]);
    const std::string_view processors = by_request ? fields[7] : fields[4];
    const double submit_s = builder.seconds(fields[1], "2 (submission)");
    const double duration_s = unknown(fields[3]) ? 0.0 : builder.seconds(fields[3], "4 (run time)");
    const bool left_out = unknown(fields[3]) || unknown(processors);
    const double gpus =
        left_out ? 0.0 : builder.gpus(processors, by_request ? "8 (processors requested)" : "5 (processors)");
    TraceBuilder::Row row{.id = fields[0], .submit_s = submit_s, .duration_s = duration_s, .gpus = gpus};
    if (!unknown(fields[8])) row.announced_s = builder.seconds(fields[8], "9 (time requested)");
    if (!unknown(fields[11])) row.owner = fields[11];
    if (!unknown(fields[14])) row.priority = builder.priority(fields[14], "15 (queue)");
    builder.add(row);
  }
  return builder.take();
}

}  // namespace chokepoint::sim
