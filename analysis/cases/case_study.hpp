#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/record/record.hpp"
#include "sim/scenario/scenario.hpp"

namespace chokepoint::analysis {

/// A figure as somebody printed it and the one that a run gives.
struct CaseFigure {
  sim::PrintedFigure printed;
  /// None if the run has no figure of that key.
  std::optional<sim::Figure> computed;

  /// Computed over printed; none where one of them is no number, or the printed one is 0.
  [[nodiscard]] std::optional<double> ratio() const;
};

/// One scenario of a case, run or still to be run.
struct CaseScenario {
  /// Path of its file within the repository.
  std::string file;
  sim::Scenario scenario;
  std::vector<CaseFigure> figures;
};

/// A case out of the press: the scenarios that restate it and vary it, the one that bears the case's name first.
struct CaseStudy {
  std::string id;
  std::vector<CaseScenario> scenarios;
};

/// The cases that are part of the program, in alphabetical order, their figures not yet computed: only the one called
/// `id` if it is not empty. Throws InputError with the near name if there is none of it.
std::vector<CaseStudy> shipped_cases(const std::string& id = {});

/// Holds what was printed about `scenario` beside what its run left.
std::vector<CaseFigure> compare_with_print(const sim::Scenario& scenario, const sim::Record& record);

}  // namespace chokepoint::analysis
