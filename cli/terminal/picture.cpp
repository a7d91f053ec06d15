#include "cli/terminal/picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "analysis/output/axis.hpp"
#include "analysis/output/envelope.hpp"
#include "analysis/output/series_panels.hpp"

namespace chokepoint::cli {
namespace {

constexpr std::size_t margin = 9;

constexpr std::array<const char*, 9> blocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<const char*, 9> plain_blocks{" ", " ", ".", ".", ":", ":", "+", "+", "#"};

// What the axis of a panel is drawn with.
struct Pen {
  const std::array<const char*, 9>& fills;
  const char* side;
  const char* corner;
  const char* floor;
  const char* mark;
};

constexpr Pen unicode_pen{blocks, "┤", "└", "─", "┴"};
constexpr Pen plain_pen{plain_blocks, "|", "+", "-", "+"};

double highest(const analysis::SeriesPanel& panel, const std::vector<analysis::Bin>& columns) {
  double most = panel.top.value_or(0.0);
  for (const analysis::Bin& column : columns)
    if (!std::isnan(column.mean)) most = std::max(most, column.mean);
  return most;
}

// One row of cells, `row` rows above the floor, each row worth `step`.
std::string fill_row(const std::vector<analysis::Bin>& columns, double step, int row, const Pen& pen) {
  std::string text;
  for (const analysis::Bin& column : columns) {
    const double eighths = std::isnan(column.mean) ? 0.0 : (column.mean / step - row) * 8.0;
    // What is more than nothing shows at the floor.
    const double least = row == 0 && column.mean > 0.0 ? 1.0 : 0.0;
    text += pen.fills[static_cast<std::size_t>(std::clamp(std::round(eighths), least, 8.0))];
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::string draw_panel(const analysis::SeriesPanels& series, const analysis::SeriesPanel& panel,
                       const Terminal& terminal, const char* colour_code) {
  const Pen& pen = terminal.unicode ? unicode_pen : plain_pen;
  const auto width = static_cast<std::size_t>(terminal.width) - margin - 1;
  const auto columns = analysis::envelope(series.time_s, panel.lines.front().values, series.time_s.back(), width);
  const auto ticks = analysis::value_ticks(0.0, highest(panel, columns), 4);
  // A tick stands at the top of a row: three or four rows with one each, or four rows with fewer.
  const int steps = static_cast<int>(ticks.size()) - 1;
  const int rows_per_tick = steps >= 3 ? 1 : 4 / steps;
  const double step = ticks.back().at / (steps * rows_per_tick);

  std::string title = panel.title;
  if (panel.lines.front().label != panel.title) title += " (" + panel.lines.front().label + ")";
  if (!panel.unit.empty()) title += ", " + panel.unit;
  std::string text = std::string(margin, ' ') + title + "\n";
  for (int row = steps * rows_per_tick - 1; row >= 0; --row) {
    const bool labelled = (row + 1) % rows_per_tick == 0;
    const std::string label = labelled ? ticks[static_cast<std::size_t>((row + 1) / rows_per_tick)].label : "";
    text += fmt::format("{:>{}} {}", label, margin - 2, pen.side);
    text += terminal.paint(colour_code, fill_row(columns, step, row, pen)) + "\n";
  }
  return text;
}

std::string draw_time_axis(const analysis::SeriesPanels& series, const Terminal& terminal) {
  const Pen& pen = terminal.unicode ? unicode_pen : plain_pen;
  const auto width = static_cast<std::size_t>(terminal.width) - margin - 1;
  const double begin = series.time_s.front();
  const double end = series.time_s.back();
  std::vector<bool> marked(width, false);
  std::string labels(margin, ' ');
  for (const analysis::Tick& tick :
       analysis::time_ticks(begin, end, series.start, std::max(3, static_cast<int>(width) / 14))) {
    const auto column =
        std::min(width - 1, static_cast<std::size_t>((tick.at - begin) / (end - begin) * static_cast<double>(width)));
    marked[column] = true;
    // Centred below its mark, but not over the label before it and not beyond the edge.
    const std::size_t half = tick.label.size() / 2;
    std::size_t at = margin + column > half ? margin + column - half : 0;
    at = std::min(at, static_cast<std::size_t>(terminal.width) - tick.label.size());
    if (labels.size() > margin && at < labels.size() + 2) continue;
    labels.resize(at, ' ');
    labels += tick.label;
  }
  std::string floor = fmt::format("{:>{}} {}", "0", margin - 2, pen.corner);
  for (const bool mark : marked) floor += mark ? pen.mark : pen.floor;
  return floor + "\n" + labels + "\n";
}

}  // namespace

std::string picture(const sim::Record& record, const Terminal& terminal) {
  const analysis::SeriesPanels series = analysis::series_panels(record);
  if (series.panels.empty() || !(series.time_s.back() > series.time_s.front())) return {};
  std::string text;
  for (const analysis::SeriesPanel& panel : series.panels) {
    if (panel.title == "utilization") text += draw_panel(series, panel, terminal, colour::blue);
    if (panel.title == "power") text += draw_panel(series, panel, terminal, colour::orange);
  }
  return text.empty() ? text : text + draw_time_axis(series, terminal);
}

}  // namespace chokepoint::cli
