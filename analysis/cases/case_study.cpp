#include "analysis/cases/case_study.hpp"

#include <map>

#include <fmt/format.h>

#include "models/contract/expects.hpp"
#include "sim/input/fault.hpp"
#include "sim/input/near_name.hpp"
#include "sim/scenario/case_files.hpp"

namespace chokepoint::analysis {
namespace {

std::optional<double> number_of(const sim::Figure& figure) {
  if (const auto* real = std::get_if<double>(&figure.value)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(&figure.value)) return static_cast<double>(*whole);
  return std::nullopt;
}

}  // namespace

std::optional<double> CaseFigure::ratio() const {
  const auto number = computed ? number_of(*computed) : std::nullopt;
  if (!number || !printed.value || *printed.value == 0.0) return std::nullopt;
  return *number / *printed.value;
}

std::vector<CaseStudy> shipped_cases(const std::string& id) {
  std::map<std::string, CaseStudy> studies;
  for (const std::string& name : sim::case_scenario_names()) {
    sim::Scenario scenario = sim::load_case_scenario(name);
    const std::string file = "scenarios/" + name + ".json";
    if (!scenario.printed_case)
      throw sim::InputError(sim::Fault{
          .file = file, .where = "/", .expected = "a \"case\" that it restates", .found = "none", .hint = {}});
    CaseStudy& study = studies[scenario.printed_case->id];
    study.id = scenario.printed_case->id;
    study.scenarios.push_back({.file = file, .scenario = std::move(scenario), .figures = {}});
  }
  std::vector<CaseStudy> chosen;
  std::vector<std::string> known;
  for (auto& [name, study] : studies) {
    known.push_back(name);
    if (id.empty() || id == name) chosen.push_back(std::move(study));
  }
  if (chosen.empty())
    throw sim::InputError(sim::Fault{.file = "cases",
                                     .where = {},
                                     .expected = fmt::format("a case out of {}", fmt::join(known, ", ")),
                                     .found = '"' + id + '"',
                                     .hint = sim::near_name_hint(id, known)});
  return chosen;
}

std::vector<CaseFigure> compare_with_print(const sim::Scenario& scenario, const sim::Record& record) {
  models::expects(scenario.printed_case.has_value(), "the scenario restates a case");
  std::vector<CaseFigure> figures;
  for (const sim::PrintedFigure& printed : scenario.printed_case->printed) {
    const sim::Figure* const computed = record.find_figure(printed.figure);
    figures.push_back({.printed = printed, .computed = computed == nullptr ? std::nullopt : std::optional(*computed)});
  }
  return figures;
}

}  // namespace chokepoint::analysis
