#include "cli/store_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "analysis/output/number_text.hpp"
#include "cli/aligned_table.hpp"
#include "cli/terminal/figure_text.hpp"

namespace chokepoint::cli {
namespace {

using analysis::Cell;
using analysis::StoreSummary;
using OrderedJson = nlohmann::ordered_json;
using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t most_columns = 8;
constexpr std::size_t most_matrices = 4;

std::string plain(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (std::holds_alternative<std::monostate>(cell)) return "-";
  std::string digits(analysis::number_room, '\0');
  const char* end = std::holds_alternative<double>(cell)
                        ? analysis::write_number(digits.data(), std::get<double>(cell))
                        : analysis::write_number(digits.data(), std::get<std::int64_t>(cell));
  digits.resize(static_cast<std::size_t>(end - digits.data()));
  return digits;
}

std::string number(double value, const std::string& unit) {
  return figure_text({.key = {}, .label = {}, .unit = unit, .value = value});
}

std::string mean_text(const Cell& mean, const std::string& unit) {
  if (const auto* real = std::get_if<double>(&mean)) return number(*real, unit);
  return "-";
}

std::string with_unit(const std::string& name, const std::string& unit) {
  return unit.empty() ? name : name + " (" + unit + ")";
}

std::string counted(std::uint64_t count) {
  return analysis::with_thousands(std::to_string(count));
}

std::vector<Cell> distinct(const StoreSummary& summary, std::size_t parameter) {
  std::vector<Cell> values;
  for (const auto& group : summary.groups)
    if (std::ranges::find(values, group.values[parameter]) == values.end()) values.push_back(group.values[parameter]);
  return values;
}

/// A line a value of the one parameter, a column an outcome.
std::string means_by_value(const StoreSummary& summary) {
  Rows rows{{with_unit(summary.parameters[0].name, summary.parameters[0].unit)}};
  for (const auto& outcome : summary.outcomes) rows[0].push_back(with_unit(outcome.name, outcome.unit));
  for (const auto& group : summary.groups) {
    auto& row = rows.emplace_back(std::vector{plain(group.values[0])});
    for (std::size_t i = 0; i < group.means.size(); ++i)
      row.push_back(mean_text(group.means[i], summary.outcomes[i].unit));
  }
  return aligned_table(rows);
}

/// A line a value of the one parameter, a column a value of the other.
std::string matrix(const StoreSummary& summary, std::size_t outcome, bool across_first) {
  const std::size_t down = across_first ? 1 : 0;
  const std::size_t across = 1 - down;
  const std::vector<Cell> columns = distinct(summary, across);
  const std::string& unit = summary.outcomes[outcome].unit;
  Rows rows{{summary.parameters[down].name + " \\ " + summary.parameters[across].name}};
  for (const Cell& column : columns) rows[0].push_back(plain(column));
  for (const Cell& value : distinct(summary, down)) {
    auto& row = rows.emplace_back(std::vector{plain(value)});
    for (const Cell& column : columns) {
      const auto group = std::ranges::find_if(summary.groups, [&](const StoreSummary::Group& one) {
        return one.values[down] == value && one.values[across] == column;
      });
      row.push_back(group == summary.groups.end() ? "-" : mean_text(group->means[outcome], unit));
    }
  }
  return with_unit("mean " + summary.outcomes[outcome].name, unit) + '\n' + aligned_table(rows);
}

std::string outcomes_table(const StoreSummary& summary) {
  Rows rows{{"outcome", "unit", "mean", "least", "most"}};
  for (const auto& one : summary.outcomes) {
    const auto shown = [&](double value) { return one.runs == 0 ? "-" : number(value, one.unit); };
    rows.push_back({one.name, one.unit, shown(one.mean), shown(one.low), shown(one.high)});
  }
  return aligned_table(rows);
}

std::string outcomes_text(const StoreSummary& summary) {
  if (summary.groups.empty()) return outcomes_table(summary);
  if (summary.parameters.size() == 1) return means_by_value(summary);
  const std::size_t first = distinct(summary, 0).size();
  const std::size_t second = distinct(summary, 1).size();
  if (std::min(first, second) > most_columns || summary.outcomes.size() > most_matrices) return outcomes_table(summary);
  std::string text;
  for (std::size_t i = 0; i < summary.outcomes.size(); ++i)
    text += (i == 0 ? "" : "\n") + matrix(summary, i, first < second && second > most_columns);
  return text;
}

}  // namespace

std::string store_text(const StoreSummary& summary) {
  Rows rows{{"runs", "number"}};
  for (const auto& status : summary.statuses) rows.push_back({status.status, counted(status.runs)});
  if (summary.rows() < summary.runs) rows.push_back({"missing", counted(summary.runs - summary.rows())});
  std::string text = fmt::format(
      "{}: {} points{}\n\n{}", summary.study, counted(summary.points),
      summary.replicates > 1 ? fmt::format(" x {} replicates", counted(summary.replicates)) : "", aligned_table(rows));
  if (!summary.reasons.empty()) text += '\n';
  for (const auto& reason : summary.reasons) {
    const std::string message = reason.message.substr(0, reason.message.find('\n'));
    text += fmt::format("{}{}{}: point {}, replicate {}{}\n", reason.status, message.empty() ? "" : ": ", message,
                        reason.point, reason.replicate,
                        reason.runs > 1 ? fmt::format(" and {} more", counted(reason.runs - 1)) : "");
  }
  if (summary.of_status("done") == 0) return text;
  return text + '\n' + outcomes_text(summary);
}

OrderedJson store_json(const StoreSummary& summary) {
  OrderedJson not_done = OrderedJson::object();
  for (const auto& status : summary.statuses)
    if (status.status != "done") not_done[status.status] = status.runs;
  OrderedJson reasons = OrderedJson::array();
  for (const auto& reason : summary.reasons)
    reasons.push_back({{"status", reason.status},
                       {"message", reason.message},
                       {"runs", reason.runs},
                       {"point", reason.point},
                       {"replicate", reason.replicate}});
  OrderedJson outcomes = OrderedJson::array();
  for (const auto& one : summary.outcomes) {
    OrderedJson json{{"name", one.name}, {"figure", one.figure}, {"unit", one.unit}, {"runs", one.runs},
                     {"mean", nullptr},  {"least", nullptr},     {"most", nullptr}};
    if (one.runs > 0) {
      json["mean"] = one.mean;
      json["least"] = one.low;
      json["most"] = one.high;
    }
    outcomes.push_back(std::move(json));
  }
  return {{"study", summary.study},
          {"points", summary.points},
          {"replicates", summary.replicates},
          {"runs", summary.runs},
          {"done", summary.of_status("done")},
          {"not_done", std::move(not_done)},
          {"missing", summary.runs - std::min(summary.runs, summary.rows())},
          {"reasons", std::move(reasons)},
          {"outcomes", std::move(outcomes)}};
}

}  // namespace chokepoint::cli
