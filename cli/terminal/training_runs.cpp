#include "cli/terminal/training_runs.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "analysis/output/number_text.hpp"
#include "cli/aligned_table.hpp"
#include "models/contract/expects.hpp"

namespace chokepoint::cli {
namespace {

constexpr std::size_t most_lines = 40;
constexpr double seconds_a_day = 86400.0;

/// Cells of the table by column name.
class Rows {
 public:
  explicit Rows(const sim::Table& table) : table_(table) {}

  [[nodiscard]] double number(const char* name, std::size_t row) const {
    const auto& values = column(name).values;
    if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&values)) return static_cast<double>((*whole)[row]);
    return std::get<std::vector<double>>(values)[row];
  }
  [[nodiscard]] std::string text(const char* name, std::size_t row) const {
    return std::string(std::get<sim::TextColumn>(column(name).values)[row]);
  }

 private:
  [[nodiscard]] const sim::Column& column(const char* name) const {
    const auto found = std::ranges::find(table_.columns, name, &sim::Column::name);
    models::expects(found != table_.columns.end(), "a column of the table of training runs");
    return *found;
  }

  const sim::Table& table_;
};

/// "tp4 pp8 dp32" of the words of a plan: its ranks alone.
std::string ranks(const std::string& plan) {
  std::size_t end = 0;
  for (int word = 0; word < 3 && end != std::string::npos; ++word) end = plan.find(' ', end + 1);
  return plan.substr(0, end);
}

std::string days(double seconds) {
  return std::isnan(seconds) ? "-" : fmt::format("{:.1f} d", seconds / seconds_a_day);
}

/// Days with all and with no tensor traffic hidden, in so far as steps make them.
std::string by_overlap(const Rows& rows, std::size_t row) {
  const double days_of_a_s = rows.number("days", row) / rows.number("step_time_s", row);
  if (std::isnan(days_of_a_s)) return "-";
  return fmt::format("{:.1f}-{:.1f} d", days_of_a_s * rows.number("step_time_all_hidden_s", row),
                     days_of_a_s * rows.number("step_time_none_hidden_s", row));
}

std::string how_it_went(const Rows& rows, std::size_t row) {
  const std::string state = rows.text("state", row);
  const double late_s = rows.number("late_s", row);
  const double done = rows.number("tokens_done", row) / rows.number("tokens", row);
  std::string text = state == "finished" || state == "waiting"
                         ? state
                         : fmt::format("{}, {:.0f} % done", state, std::floor(100.0 * done));
  if (!std::isnan(late_s)) text += fmt::format(", {} {}", days(std::abs(late_s)), late_s > 0.0 ? "late" : "early");
  return text;
}

}  // namespace

std::string training_runs(const sim::Record& record, const Terminal& terminal) {
  const sim::Table* table = record.find_table("training");
  if (table == nullptr || table->rows() == 0) return {};
  const Rows rows(*table);
  const bool wide = terminal.width >= 110;
  std::vector<std::vector<std::string>> cells{{"run", "model", "GPUs"}};
  if (wide) cells[0].emplace_back("plan");
  for (const char* head : {"MFU", "waited", "took"}) cells[0].emplace_back(head);
  if (wide) cells[0].emplace_back("by overlap");
  for (const char* head : {"MWh", "how it went"}) cells[0].emplace_back(head);
  for (std::size_t row = 0; row < std::min(table->rows(), most_lines); ++row) {
    const double waited_s = rows.number("start_time_s", row) - rows.number("submit_time_s", row);
    auto& line = cells.emplace_back();
    line = {rows.text("run", row), rows.text("model", row),
            analysis::with_thousands(fmt::format("{:.0f}", rows.number("gpus", row)))};
    if (wide) line.push_back(ranks(rows.text("plan", row)));
    line.push_back(fmt::format("{:.1f} %", rows.number("mfu_percent", row)));
    line.push_back(days(waited_s));
    line.push_back(days(seconds_a_day * rows.number("days", row)));
    if (wide) line.push_back(by_overlap(rows, row));
    line.push_back(analysis::with_thousands(fmt::format("{:.1f}", rows.number("energy_mwh", row))));
    line.push_back(how_it_went(rows, row));
  }
  std::string text = aligned_table(cells);
  if (table->rows() > most_lines)
    text += fmt::format("and {} more in training.csv of --out\n", table->rows() - most_lines);
  return text;
}

}  // namespace chokepoint::cli
