#include "cli/terminal/explanation_table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/aligned_table.hpp"
#include "cli/terminal/change_text.hpp"
#include "cli/wrapped_text.hpp"

namespace chokepoint::cli {
namespace {

using analysis::Explanation;
using analysis::MeanInterval;

/// Label, part, share, alone.
using ShareCells = std::vector<std::string>;

std::string label(std::size_t group) {
  return fmt::format("  ({})", group + 1);
}

ShareCells cells_of(std::string name, const std::optional<MeanInterval>& part, const std::optional<MeanInterval>& alone,
                    const analysis::ExplainedFigure& figure) {
  ShareCells cells{std::move(name), "-", "", "-"};
  if (part) {
    cells[1] = amount_text(*part, figure.unit);
    if (figure.difference.mean != 0.0) cells[2] = fmt::format("{:.0f} %", 100.0 * part->mean / figure.difference.mean);
  }
  if (alone) cells[3] = amount_text(*alone, figure.unit);
  return cells;
}

std::string table_of(const Explanation& explanation, const analysis::ExplainedFigure& figure,
                     const Terminal& terminal) {
  const std::string name = figure.unit.empty() ? figure.label : figure.label + ", " + figure.unit;
  std::vector<ShareCells> rows{{name, "part of the change", "share", "switched alone"}};
  for (std::size_t i = 0; i < explanation.groups.size(); ++i)
    rows.push_back(cells_of(label(i), figure.contributions[i].part, figure.contributions[i].alone, figure));
  if (figure.rest) rows.push_back(cells_of("  together", figure.rest, {}, figure));
  if (figure.rest) rows.back()[3].clear();
  rows.push_back({"  all", amount_text(figure.difference, figure.unit), "", ""});
  return aligned_table(rows, static_cast<std::size_t>(terminal.width));
}

std::string how(const Explanation& explanation) {
  if (explanation.groups.size() == 1) return "all in one step";
  if (explanation.method == Explanation::Method::shapley)
    return "Shapley values: the mean of what each adds over all orders of switching";
  return "each switched alone and undone alone, the mean of both; together: what single ones do not account for";
}

std::string setting_lines(const std::string& number, const std::string& words, const Terminal& terminal) {
  constexpr std::size_t indent = 7;
  std::string text;
  for (const std::string& line : wrapped_lines(words, static_cast<std::size_t>(terminal.width) - indent))
    text += fmt::format("{:<{}}{}\n", text.empty() ? number : "", indent, line);
  return text;
}

}  // namespace

std::string explanation_table(const Explanation& explanation, const Terminal& terminal) {
  if (explanation.settings.empty()) return "No setting differs.\n";
  std::string text = terminal.paint(colour::bold, "Why") + '\n';
  bool joined = false;
  for (std::size_t i = 0; i < explanation.groups.size(); ++i) {
    const analysis::SettingGroup& group = explanation.groups[i];
    joined = joined || group.size() > 1;
    for (std::size_t k = 0; k < group.size(); ++k)
      text += setting_lines(k == 0 ? label(i) : "", explanation.settings[group[k]].words(), terminal);
  }
  if (joined) text += "  Settings under one number were switched together.\n";
  if (explanation.figures.empty())
    return text +
           "\nNone of the figures to explain differs and is a number in every run; --figure KEY names another.\n";
  text += terminal.paint_prose(colour::faint, "  " + how(explanation));
  for (const analysis::ExplainedFigure& figure : explanation.figures)
    text += '\n' + table_of(explanation, figure, terminal);
  return text;
}

}  // namespace chokepoint::cli
