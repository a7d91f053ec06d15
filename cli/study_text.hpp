#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "analysis/study/run_estimate.hpp"
#include "analysis/study/study.hpp"

namespace chokepoint::cli {

/// What a person wants to see of a study before it is run.
struct StudyPlan {
  const analysis::Study& study;
  /// How many points are shown, from the first on.
  std::uint64_t shown = 10;
  std::size_t workers = 1;
  /// By trial runs, where some came to their end.
  std::optional<analysis::RunEstimate> estimate = std::nullopt;
  /// Of the lines.
  std::size_t width = 80;
};

/// Parameters and design in words, the first points as a table, and the time that it takes.
std::string study_text(const StudyPlan& plan);

/// The same for programs: `study`, `title`, `design`, `points`, `replicates`, `runs`, `seed`, `parameters` (`name`,
/// `at`, `unit`, `low` and `high`, or `choices`), `outcomes`, `first_points` and, by trial runs, `estimate`.
nlohmann::ordered_json study_json(const StudyPlan& plan);

}  // namespace chokepoint::cli
