#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sim/input/csv_table.hpp"
#include "sim/input/fault.hpp"
#include "sim/workload/trace.hpp"

namespace chokepoint::sim {

/// Puts the rows of a trace of any form together and gathers what is wrong with them, to be told at once.
///
///     TraceBuilder builder(file, rows, "job_id");
///     for each row: builder.at_line(n); builder.add(id, builder.seconds(field, "submit"), ..., tenant);
///     return builder.take();
class TraceBuilder {
 public:
  /// `rows` is an upper bound; `id_column` is what the form calls the names of its jobs.
  TraceBuilder(std::string file, std::size_t rows, std::string_view id_column);

  void at_line(std::size_t line) { line_ = line; }
  void refuse(std::string_view column, std::string expected, std::string found);

  /// A number of this row, seconds from 0 to a hundred years; NaN and a fault for another text or none.
  double seconds(std::optional<std::string_view> field, std::string_view column);
  /// A whole number of GPUs; NaN and a fault for another text or none.
  double gpus(std::optional<std::string_view> field, std::string_view column);

  /// Takes the job of this row; counts it if it has no GPUs, passes it over once there are faults.
  void add(std::string_view id, double submit_s, double duration_s, double gpus, std::string_view tenant);
  void date_of_second_0(models::LocalTime date) { trace_.origin = date; }
  [[nodiscard]] bool has_origin() const { return trace_.origin.has_value(); }
  [[nodiscard]] bool empty() const { return trace_.size() == 0; }

  /// The trace. Throws InputError with the faults of all rows, ids that stand twice, or if no job uses GPUs.
  Trace take();

 private:
  double number(std::optional<std::string_view> field, std::string_view column, const char* expected, double most);
  std::uint32_t tenant(std::string_view name);
  void refuse_duplicate_ids();

  std::string id_column_;
  std::size_t line_ = 0;
  Trace trace_;
  std::unordered_map<std::string, std::uint32_t> tenants_;
  std::vector<Fault> faults_;
  std::size_t found_ = 0;
};

/// The field of a column in this row, none where the line ends before it.
std::optional<std::string_view> cell(const CsvTable& table, std::size_t column);

/// Refuses this row if it has text beyond the `width` columns of its header, and tells whether it has.
bool refuse_cells_beyond(const CsvTable& table, std::size_t width, TraceBuilder& builder);

}  // namespace chokepoint::sim
