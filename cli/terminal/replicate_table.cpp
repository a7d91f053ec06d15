#include "cli/terminal/replicate_table.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "analysis/replicates/replicates_summary.hpp"
#include "cli/terminal/figure_text.hpp"
#include "cli/terminal/key_figure_table.hpp"

namespace chokepoint::cli {
namespace {

/// Label, mean, interval, 5 %, median, 95 %.
using BandCells = std::array<std::string, 6>;

std::string text_of(const analysis::FigureSample& sample, double value) {
  return figure_text({.key = sample.key, .label = {}, .unit = sample.unit, .value = value});
}

std::string texts_of(const analysis::FigureSample& sample) {
  if (sample.constant()) return sample.texts.front();
  std::map<std::string, int> counts;
  for (const std::string& text : sample.texts) ++counts[text];
  std::string all;
  for (const auto& [text, count] : counts)
    all += fmt::format("{}{} x {}", all.empty() ? "" : ", ", count, text.empty() ? "-" : text);
  return all;
}

BandCells cells_of(const analysis::FigureSample& sample) {
  BandCells cells{"  " + sample.label + (sample.unit.empty() ? "" : ", " + sample.unit)};
  if (sample.is_text) {
    cells[1] = texts_of(sample);
    return cells;
  }
  const auto summary = analysis::summary_of(sample);
  if (!summary) {
    cells[1] = "-";
    return cells;
  }
  cells[1] = text_of(sample, summary->mean.mean);
  if (sample.constant()) return cells;
  if (const auto& interval = summary->mean.interval)
    cells[2] = text_of(sample, interval->low) + " to " + text_of(sample, interval->high);
  cells[3] = text_of(sample, summary->band.p5);
  cells[4] = text_of(sample, summary->band.median);
  cells[5] = text_of(sample, summary->band.p95);
  return cells;
}

}  // namespace

std::string replicate_table(std::span<const sim::Record> replicates, const Terminal& terminal) {
  const auto samples = analysis::figure_samples(replicates);
  const BandCells head{"", "mean", "90 % interval", "5 %", "median", "95 %"};
  std::vector<BandCells> rows;
  for (const analysis::FigureSample& sample : samples) rows.push_back(cells_of(sample));
  std::array<std::size_t, 6> widths{};
  for (std::size_t i = 0; i < widths.size(); ++i) {
    widths[i] = head[i].size();
    for (const BandCells& row : rows)
      // A text may be longer than any number and stands alone.
      if (i != 1 || !row[2].empty()) widths[i] = std::max(widths[i], row[i].size());
  }
  const auto line_of = [&](const BandCells& cells) {
    std::string line = fmt::format("{:<{}}", cells[0], widths[0]);
    for (std::size_t i = 1; i < cells.size(); ++i) line += fmt::format("  {:>{}}", cells[i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    return line + '\n';
  };

  std::string text = record_heading(replicates.front(), fmt::format("{} replicates", replicates.size()), terminal);
  text += '\n' + terminal.paint(colour::faint, line_of(head));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == 0 || samples[i].group != samples[i - 1].group)
      text += (i == 0 ? "" : "\n") +
              (samples[i].group.empty() ? "" : terminal.paint(colour::bold, samples[i].group) + '\n');
    text += line_of(rows[i]);
  }
  return text;
}

}  // namespace chokepoint::cli
