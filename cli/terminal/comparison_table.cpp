#include "cli/terminal/comparison_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "cli/terminal/change_text.hpp"
#include "cli/terminal/figure_text.hpp"

namespace chokepoint::cli {
namespace {

using analysis::Difference;

constexpr double bar_cells = 12.0;

bool there(const Difference::Value& value) {
  return !std::holds_alternative<std::monostate>(value);
}

bool both(const Difference& row) {
  return there(row.base) && there(row.other);
}

std::string named(const Difference& row) {
  return row.unit.empty() ? row.label : row.label + ", " + row.unit;
}

std::string value_text(const Difference& row, const Difference::Value& value) {
  if (const auto* number = std::get_if<double>(&value))
    return figure_text({.key = row.figure, .label = {}, .unit = row.unit, .value = *number});
  return std::get<std::string>(value);
}

/// Label, base, other, change.
using ChangeCells = std::array<std::string, 4>;

ChangeCells cells_of(const Difference& row) {
  ChangeCells cells{"  " + named(row), value_text(row, row.base), value_text(row, row.other), ""};
  if (std::holds_alternative<std::string>(row.base)) return {cells[0], "", "", cells[1] + " -> " + cells[2]};
  if (const auto share = row.relative()) {
    cells[3] = percent_text(*share);
  } else if (row.difference) {
    cells[3] = amount_text(*row.difference, row.unit);
  }
  return cells;
}

/// Columns of numbers end below each other, that of changes begins so.
std::string line_of(const ChangeCells& cells, const std::array<std::size_t, 4>& widths) {
  return fmt::format("{:<{}}  {:>{}}  {:>{}}  {:<{}}", cells[0], widths[0], cells[1], widths[1], cells[2], widths[2],
                     cells[3], widths[3]);
}

std::string end_line(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

/// How large a change is for its bar: nothing where it may be chance, or has no base.
double size_of(const Difference& row) {
  const auto share = row.relative();
  return share && !within_chance(*share) ? std::abs(share->mean) : 0.0;
}

std::string bar_of(const Difference& row, double largest, const Terminal& terminal) {
  if (row.difference && within_chance(*row.difference)) return terminal.paint(colour::faint, "within chance");
  const double size = size_of(row);
  if (size <= 0.0) return {};
  std::string bar;
  const auto cells = static_cast<int>(std::max(1.0, std::round(size / largest * bar_cells)));
  for (int i = 0; i < cells; ++i) bar += terminal.unicode ? "█" : "#";
  return terminal.paint(row.difference->mean > 0.0 ? colour::blue : colour::orange, bar);
}

std::string changed_rows(const std::vector<const Difference*>& rows, const Terminal& terminal) {
  const ChangeCells head{"", "base", "other", "change"};
  std::array<std::size_t, 4> widths{};
  std::vector<ChangeCells> cells;
  double largest = 0.0;
  for (const Difference* row : rows) {
    cells.push_back(cells_of(*row));
    largest = std::max(largest, size_of(*row));
  }
  for (std::size_t i = 0; i < widths.size(); ++i) {
    widths[i] = head[i].size();
    for (const ChangeCells& one : cells) widths[i] = std::max(widths[i], one[i].size());
  }
  std::string text = terminal.paint(colour::faint, end_line(line_of(head, widths)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string& group = rows[i]->group;
    if (!group.empty() && (i == 0 || group != rows[i - 1]->group)) text += terminal.paint(colour::bold, group) + '\n';
    text += end_line(line_of(cells[i], widths) + "  " + bar_of(*rows[i], largest, terminal));
  }
  return text;
}

/// "HEAD: a; b; c", broken between the names where the terminal ends.
std::string name_line(const std::string& head, const std::vector<std::string>& names, const Terminal& terminal) {
  if (names.empty()) return {};
  std::string text;
  std::string line = head + ": ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = names[i] + (i + 1 < names.size() ? ";" : "");
    if (line.size() + name.size() > static_cast<std::size_t>(terminal.width) && i > 0) {
      text += end_line(line);
      line = "  ";
    }
    line += name + ' ';
  }
  return text + end_line(line);
}

}  // namespace

std::string comparison_heading(const ComparedBase& base, const Terminal& terminal) {
  const std::string how = base.replicates == 1
                              ? "one run each, so no intervals"
                              : fmt::format("{} replicates on shared draws, 90 % intervals", base.replicates);
  return fmt::format("{}\n{}\n", terminal.paint(colour::bold, base.title),
                     terminal.paint(colour::faint, fmt::format("base: {}, seed {}, {}", base.name, base.seed, how)));
}

std::string comparison_table(const ComparedOther& other, const Terminal& terminal) {
  std::vector<const Difference*> changed;
  std::vector<std::string> same, in_base, in_other, unlike;
  for (std::size_t i = 0; i < other.rows.size(); ++i) {
    const Difference& row = other.rows[i];
    const Difference* const next = i + 1 < other.rows.size() ? &other.rows[i + 1] : nullptr;
    if (both(row)) {
      row.changed ? changed.push_back(&row) : same.push_back(row.label);
    } else if (next != nullptr && next->figure == row.figure) {
      unlike.push_back(fmt::format("{} ({} against {})", row.label, row.unit, next->unit));
      ++i;
    } else if (there(row.base)) {
      in_base.push_back(fmt::format("{} ({})", named(row), value_text(row, row.base)));
    } else if (there(row.other)) {
      in_other.push_back(fmt::format("{} ({})", named(row), value_text(row, row.other)));
    }
  }
  std::string text =
      terminal.paint(colour::bold, other.title) + '\n' + terminal.paint(colour::faint, "other: " + other.name) + "\n\n";
  text += changed.empty() ? "No figure that both have differs.\n" : changed_rows(changed, terminal);
  const std::string below =
      name_line("Only the base has", in_base, terminal) + name_line("Only the other has", in_other, terminal) +
      name_line("Without a common unit", unlike, terminal) + name_line("The same", same, terminal);
  return text + (below.empty() ? "" : "\n") + below;
}

}  // namespace chokepoint::cli
