#include "cli/terminal/key_figure_table.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "cli/terminal/figure_text.hpp"

namespace chokepoint::cli {
namespace {

// Long seconds are also said in hours and days.
std::string remark_on(const sim::Figure& figure) {
  const auto* seconds = std::get_if<double>(&figure.value);
  return seconds != nullptr && figure.unit == "s" && *seconds >= 120.0 ? "  " + duration_text(*seconds) : "";
}

}  // namespace

std::string record_heading(const sim::Record& record, const std::string& more, const Terminal& terminal) {
  std::string text;
  if (!record.title.empty()) text += terminal.paint(colour::bold, record.title) + "\n";
  std::string about = record.scenario;
  about += fmt::format("{}seed {}", about.empty() ? "" : ", ", record.seed);
  if (!more.empty()) about += ", " + more;
  if (!record.version.empty()) about += ", chokepoint " + record.version;
  if (!record.catalogue_digest.empty()) about += ", catalogue " + record.catalogue_digest.substr(0, 12);
  return text + terminal.paint(colour::faint, about) + "\n";
}

std::string key_figure_table(const sim::Record& record, const Terminal& terminal) {
  std::size_t label_width = 0;
  std::size_t value_width = 0;
  for (const sim::Figure& figure : record.figures) {
    label_width = std::max(label_width, figure.label.size());
    if (!std::holds_alternative<std::string>(figure.value))
      value_width = std::max(value_width, figure_text(figure).size());
  }
  std::string text = record_heading(record, "", terminal);
  const std::string* group = nullptr;
  for (const sim::Figure& figure : record.figures) {
    if (group == nullptr || *group != figure.group) {
      text += '\n';
      if (!figure.group.empty()) text += terminal.paint(colour::bold, figure.group) + "\n";
      group = &figure.group;
    }
    std::string line =
        fmt::format("  {:<{}}  {:>{}} {}", figure.label, label_width, figure_text(figure), value_width, figure.unit);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + terminal.paint(colour::faint, remark_on(figure)) + "\n";
  }
  return text;
}

}  // namespace chokepoint::cli
