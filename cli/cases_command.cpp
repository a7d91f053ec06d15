#include "cli/cases_command.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/cases/run_cases.hpp"
#include "cli/aligned_table.hpp"
#include "cli/options.hpp"
#include "cli/terminal/figure_text.hpp"
#include "cli/terminal/progress_bar.hpp"

namespace chokepoint::cli {
namespace {

using analysis::CaseFigure;
using analysis::CaseScenario;
using analysis::CaseStudy;
using OrderedJson = nlohmann::ordered_json;

OrderedJson to_json(const CaseFigure& figure) {
  OrderedJson json{
      {"figure", figure.printed.figure}, {"label", nullptr},    {"unit", nullptr},  {"printed", figure.printed.printed},
      {"printed_value", nullptr},        {"computed", nullptr}, {"ratio", nullptr}, {"note", figure.printed.note}};
  if (figure.printed.value) json["printed_value"] = *figure.printed.value;
  if (figure.computed) {
    json["label"] = figure.computed->label;
    json["unit"] = figure.computed->unit;
    std::visit([&json](const auto& value) { json["computed"] = value; }, figure.computed->value);
  }
  if (const auto ratio = figure.ratio()) json["ratio"] = *ratio;
  return json;
}

OrderedJson to_json(const CaseScenario& one) {
  OrderedJson figures = OrderedJson::array();
  for (const CaseFigure& figure : one.figures) figures.push_back(to_json(figure));
  return {{"scenario", one.scenario.name},       {"file", one.file},
          {"title", one.scenario.title},         {"source", one.scenario.printed_case->source},
          {"assumes", one.scenario.description}, {"figures", std::move(figures)}};
}

OrderedJson to_json(const std::vector<CaseStudy>& studies) {
  OrderedJson cases = OrderedJson::array();
  for (const CaseStudy& study : studies) {
    OrderedJson scenarios = OrderedJson::array();
    for (const CaseScenario& one : study.scenarios) scenarios.push_back(to_json(one));
    cases.push_back({{"id", study.id}, {"scenarios", std::move(scenarios)}});
  }
  return {{"cases", std::move(cases)}};
}

/// The notes below a table, each once, and the number by which a row names its own.
class Footnotes {
 public:
  std::string number_of(const std::string& note) {
    if (note.empty()) return {};
    auto found = std::ranges::find(notes_, note);
    if (found == notes_.end()) found = notes_.insert(notes_.end(), note);
    return fmt::format("{}", found - notes_.begin() + 1);
  }
  [[nodiscard]] std::string text() const {
    std::string text;
    for (std::size_t i = 0; i < notes_.size(); ++i) text += fmt::format("  {}  {}\n", i + 1, notes_[i]);
    return text;
  }

 private:
  std::vector<std::string> notes_;
};

/// Figures of a market are alike but for the good and the region, which their heading tells: "market: A800 card, CN".
std::string words_of(const CaseFigure& figure) {
  if (!figure.computed) return figure.printed.figure;
  constexpr std::string_view heading = "market: ";
  if (!figure.computed->group.starts_with(heading)) return figure.computed->label;
  return figure.computed->group.substr(heading.size()) + ": " + figure.computed->label;
}

std::string table_of(const CaseScenario& one) {
  Footnotes notes;
  std::vector<std::vector<std::string>> rows{{"figure", "printed", "computed", "unit", "ratio", "note"}};
  for (const CaseFigure& figure : one.figures) {
    const auto ratio = figure.ratio();
    rows.push_back({words_of(figure), figure.printed.printed, figure.computed ? figure_text(*figure.computed) : "-",
                    figure.computed ? figure.computed->unit : "", ratio ? fmt::format("{:.3f}", *ratio) : "",
                    notes.number_of(figure.printed.note)});
  }
  return aligned_table(rows) + notes.text();
}

std::string text_of(const std::vector<CaseStudy>& studies, const Terminal& terminal) {
  std::string text;
  for (const CaseStudy& study : studies) {
    if (!text.empty()) text += '\n';
    text += terminal.paint(colour::bold, study.id) + '\n';
    for (const CaseScenario& one : study.scenarios)
      text += fmt::format("\n{}\n{}\nsource: {}\n\n{}", terminal.paint(colour::bold, one.scenario.title), one.file,
                          one.scenario.printed_case->source, table_of(one));
  }
  return text;
}

}  // namespace

Exit run_cases(std::span<const std::string> arguments) {
  std::optional<std::string> id;
  std::string format = "table";
  Options options("chokepoint cases [ID] [options]",
                  "Runs cases from the press and lists what was printed and what comes out, side by side.");
  options.operand("ID", id).choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;
  if (id && id->empty()) throw UsageError("expected the name of a case, found an empty text");

  auto studies = analysis::shipped_cases(id.value_or(""));
  {
    ProgressBar bar;
    analysis::run_cases(studies, std::max(1U, std::thread::hardware_concurrency()),
                        [&bar](double share) { bar.update(share, std::nullopt); });
  }
  const std::string text = format == "json" ? to_json(studies).dump(2) + '\n' : text_of(studies, terminal_of(stdout));
  std::fwrite(text.data(), 1, text.size(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
