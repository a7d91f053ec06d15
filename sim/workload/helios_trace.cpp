#include "sim/workload/helios_trace.hpp"

#include <fmt/format.h>

#include "sim/workload/date_clock.hpp"
#include "sim/workload/trace_builder.hpp"

namespace chokepoint::sim {
bool is_helios_trace(const CsvTable& table) {
  return table.find("job_id") && table.find("submit_time") && table.find("duration") && table.find("gpu_num");
}

Trace read_helios_trace(CsvTable& table) {
  const std::size_t id = *table.find("job_id");
  const std::size_t submit = *table.find("submit_time");
  const std::size_t duration = *table.find("duration");
  const std::size_t gpu_num = *table.find("gpu_num");
  const std::optional<std::size_t> vc = table.find("vc");
  const std::optional<std::size_t> user = table.find("user");
  const std::size_t width = table.fields().size();
  TraceBuilder builder(table.file(), table.lines(), "job_id");
  tell_columns(table, {"job_id", "submit_time", "duration", "gpu_num", "vc", "user"}, builder);
  builder.date_of_second_0(models::LocalTime{});
  DateClock clock;
  while (table.next()) {
    builder.at_line(table.line());
    const std::optional<double> submit_s = clock.seconds(table.field(submit));
    if (!submit_s)
      builder.refuse("submit_time", DateClock::expected,
                     cell(table, submit) ? fmt::format("\"{}\"", table.field(submit)) : "the end of the line");
    const double duration_s = builder.seconds(cell(table, duration), "duration");
    const double gpus = builder.gpus(cell(table, gpu_num), "gpu_num");
    if (refuse_cells_beyond(table, width, builder)) continue;
    builder.add({.id = table.field(id),
                 .submit_s = submit_s.value_or(0.0),
                 .duration_s = duration_s,
                 .gpus = gpus,
                 .tenant = vc ? table.field(*vc) : std::string_view{},
                 .owner = user ? table.field(*user) : std::string_view{}});
  }
  return builder.take();
}

}  // namespace chokepoint::sim
