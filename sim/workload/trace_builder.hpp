#pragma once

#include <cstdint>
#include <initializer_list>
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
///     for each row: builder.at_line(n); builder.add({.id = id, .submit_s = builder.seconds(field, "submit"), ...});
///     return builder.take();
class TraceBuilder {
 public:
  struct Row {
    std::string_view id;
    double submit_s = 0.0;
    double duration_s = 0.0;
    double gpus = 0.0;
    std::string_view tenant{};
    /// The tenant where it is empty.
    std::string_view owner{};
    std::optional<double> announced_s{};
    std::optional<std::int32_t> priority{};
  };

  /// `rows` is an upper bound; `id_column` is what the form calls the names of its jobs.
  TraceBuilder(std::string file, std::size_t rows, std::string_view id_column);

  void at_line(std::size_t line) { line_ = line; }
  void refuse(std::string_view column, std::string expected, std::string found);

  /// A number of this row, seconds from 0 to a hundred years; NaN and a fault for another text or none.
  double seconds(std::optional<std::string_view> field, std::string_view column);
  /// A whole number of GPUs; NaN and a fault for another text or none.
  double gpus(std::optional<std::string_view> field, std::string_view column);

  /// A whole number within a million of 0; 0 and a fault
  /// for another text.
  std::int32_t priority(std::string_view field, std::string_view column);

  /// Says what is read of the form's columns and what is not.
  void columns(std::vector<std::string> understood, std::vector<std::string> passed_over);
  /// Takes the job of this row; counts it if it has no GPUs, passes it over once there are faults.
  void add(const Row& row);
  void date_of_second_0(models::LocalTime date) { trace_.origin = date; }
  [[nodiscard]] bool has_origin() const { return trace_.origin.has_value(); }
  [[nodiscard]] bool empty() const { return trace_.size() == 0; }

  /// The trace. Throws InputError with the faults of all rows, ids that stand twice, or if no job uses GPUs.
  Trace take();

 private:
  double number(std::optional<std::string_view> field, std::string_view column, const char* expected, double most);
  std::uint32_t tenant(std::string_view name);
  std::uint32_t owner(std::string_view name);
  void refuse_duplicate_ids();

  std::string id_column_;
  std::size_t line_ = 0;
  Trace trace_;
  std::unordered_map<std::string, std::uint32_t> tenants_;
  std::unordered_map<std::string, std::uint32_t> owners_;
  /// The owner that stands for each tenant, once one has.
  std::vector<std::optional<std::uint32_t>> owner_of_tenant_;
  std::vector<Fault> faults_;
  std::size_t found_ = 0;
};

/// The field of a column in this row, none where the line ends before it.
std::optional<std::string_view> cell(const CsvTable& table, std::size_t column);

/// Tells the builder which columns of the header that the table stands on are among `known`, and which are not.
void tell_columns(const CsvTable& header, std::initializer_list<std::string_view> known, TraceBuilder& builder);

/// Refuses this row if it has text beyond the `width` columns of its header, and tells whether it has.
bool refuse_cells_beyond(const CsvTable& table, std::size_t width, TraceBuilder& builder);

}  // namespace chokepoint::sim
