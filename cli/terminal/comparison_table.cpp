#include "cli/terminal/comparison_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "cli/terminal/change_text.hpp"
#include "cli/terminal/figure_text.hpp"
#include "cli/terminal/short_number.hpp"
#include "cli/wrapped_text.hpp"

namespace chokepoint::cli {
namespace {

using analysis::Difference;

constexpr double bar_cells = 12.0;
/// Of the longest bar and of "within chance".
constexpr std::size_t bar_room = 13;
constexpr std::size_t gap = 2;
constexpr std::size_t label_indent = 2;
constexpr std::size_t least_label = 22;

bool there(const Difference::Value& value) {
  return !std::holds_alternative<std::monostate>(value);
}

bool both(const Difference& row) {
  return there(row.base) && there(row.other);
}

/// Money in millions where it takes more room than a table of 80 columns has.
NumberScale scale_of(const Difference& row) {
  constexpr double long_money = 1e9;
  double largest = 0.0;
  for (const Difference::Value* value : {&row.base, &row.other})
    if (const auto* number = std::get_if<double>(value)) largest = std::max(largest, std::abs(*number));
  return largest < long_money ? NumberScale{.unit = row.unit} : number_scale(largest, row.unit);
}

std::string named(const Difference& row) {
  const std::string unit = scale_of(row).unit;
  return unit.empty() ? row.label : row.label + ", " + unit;
}

std::string value_text(const Difference& row, const Difference::Value& value) {
  const NumberScale scale = scale_of(row);
  if (const auto* number = std::get_if<double>(&value))
    return scale.divisor == 1.0 ? brief_text(*number, row.unit) : short_text(*number, scale);
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

/// Where the columns of a table stand.
struct Widths {
  std::size_t label = 0;
  std::size_t base = 0;
  std::size_t other = 0;
  std::size_t change = 0;

  [[nodiscard]] std::size_t before_change() const { return label + base + other + 3 * gap; }
};

/// Of cells on a terminal: labels are broken first, then changes that are wider than the room for most stand out.
Widths widths_of(const std::vector<ChangeCells>& cells, std::size_t room) {
  Widths widths;
  std::size_t longest = 0;
  for (const ChangeCells& one : cells) {
    widths.label = std::max(widths.label, one[0].size());
    widths.base = std::max(widths.base, one[1].size());
    widths.other = std::max(widths.other, one[2].size());
    widths.change = std::max(widths.change, one[3].size());
    longest = std::max(longest, longest_word(one[0]) + label_indent);
  }
  const auto over = [&] {
    const std::size_t total = widths.before_change() + widths.change + gap + bar_room;
    return total - std::min(total, room);
  };
  const std::size_t least = std::max(longest, std::min(widths.label, least_label));
  widths.label = std::max(least, widths.label - std::min(widths.label, over()));
  const std::size_t most = widths.change - std::min(widths.change, over());
  widths.change = 0;
  for (const ChangeCells& one : cells)
    if (one[3].size() <= most) widths.change = std::max(widths.change, one[3].size());
  return widths;
}

/// Columns of numbers end below each other, that of changes begins so. What has no room stands in the next line.
std::string lines_of(const ChangeCells& cells, const std::string& bar, const Widths& widths, std::size_t room) {
  const auto labels = wrapped_lines(cells[0], widths.label);
  const std::string& change = cells[3];
  const std::size_t begin = widths.before_change();
  std::string first = fmt::format("{:<{}}  {:>{}}  {:>{}}  ", labels.front(), widths.label, cells[1], widths.base,
                                  cells[2], widths.other);
  std::string below;
  if (change.size() <= widths.change || bar.empty()) {
    if (begin + change.size() <= room) {
      first += bar.empty() ? change : fmt::format("{:<{}}  {}", change, widths.change, bar);
    } else {
      below = end_line(std::string(4, ' ') + change);
    }
  } else if (begin + change.size() <= room) {
    first += change;
    below = end_line(std::string(std::min(begin + widths.change + gap, room - bar_room), ' ') + bar);
  } else {
    below = end_line(std::string(4, ' ') + change + "  " + bar);
  }
  std::string text = end_line(std::move(first));
  for (std::size_t i = 1; i < labels.size(); ++i) text += end_line("    " + labels[i]);
  return text + below;
}

std::string changed_rows(const std::vector<const Difference*>& rows, const Terminal& terminal) {
  const auto room = static_cast<std::size_t>(terminal.width);
  const ChangeCells head{"", "base", "other", "change"};
  std::vector<ChangeCells> cells{head};
  double largest = 0.0;
  for (const Difference* row : rows) {
    cells.push_back(cells_of(*row));
    largest = std::max(largest, size_of(*row));
  }
  const Widths widths = widths_of(cells, room);
  std::string text = terminal.paint(colour::faint, lines_of(head, "", widths, room));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string& group = rows[i]->group;
    if (!group.empty() && (i == 0 || group != rows[i - 1]->group)) text += terminal.paint(colour::bold, group) + '\n';
    text += lines_of(cells[i + 1], bar_of(*rows[i], largest, terminal), widths, room);
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
  return terminal.paint_prose(colour::bold, base.title) +
         terminal.paint_prose(colour::faint, fmt::format("base: {}, seed {}, {}", base.name, base.seed, how));
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
  std::string text = terminal.paint_prose(colour::bold, other.title) +
                     terminal.paint_prose(colour::faint, "other: " + other.name) + '\n';
  text += changed.empty() ? "No figure that both have differs.\n" : changed_rows(changed, terminal);
  const std::string below =
      name_line("Only the base has", in_base, terminal) + name_line("Only the other has", in_other, terminal) +
      name_line("Without a common unit", unlike, terminal) + name_line("The same", same, terminal);
  return text + (below.empty() ? "" : "\n") + below;
}

}  // namespace chokepoint::cli
