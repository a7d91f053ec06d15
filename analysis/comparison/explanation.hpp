#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/comparison/changed_settings.hpp"
#include "analysis/comparison/difference.hpp"
#include "analysis/comparison/setting_groups.hpp"
#include "analysis/replicates/run_replicates.hpp"

namespace chokepoint::analysis {

/// Two courses whose difference is to be explained: their documents, and the figures of their replicates.
struct ExplainedPair {
  const sim::ScenarioDocument& base;
  const sim::ScenarioDocument& other;
  const CourseFigures& base_figures;
  const CourseFigures& other_figures;
};

/// What a group of settings does to one figure.
struct Contribution {
  /// Its part of the difference; none where the group could not be switched by itself.
  std::optional<MeanInterval> part;
  /// Switched alone on the base, all else as there.
  std::optional<MeanInterval> alone;
};

struct ExplainedFigure {
  std::string figure;
  std::string label;
  std::string unit;
  MeanInterval difference;
  /// By group. With `rest` they add up to the difference.
  std::vector<Contribution> contributions;
  /// What no single group accounts for: none of Shapley values, which share it out.
  std::optional<MeanInterval> rest;
};

/// Why two courses differ, by switching what was changed between them on the base.
struct Explanation {
  enum class Method {
    /// Over all sets of groups (Shapley 1953): exact, and 2^groups runs.
    shapley,
    /// The mean of what each group adds to the base and what it takes from the other course when it alone is undone.
    one_at_a_time
  };

  Method method = Method::shapley;
  std::vector<ChangedSetting> settings;
  /// Settings of one group are switched together: because there are many, or because the scenario is refused with one
  /// of them and without another.
  std::vector<SettingGroup> groups;
  std::vector<ExplainedFigure> figures;
};

/// Explains those of the figures of `keys` that are numbers in all the runs. Runs each set with the seed and replicates
/// of the pair, in processes of their own. A set whose scenario is refused joins groups or leaves a rest. Throws
/// RunError where a run fails otherwise.
Explanation explain(const ExplainedPair& pair, std::span<const std::string> keys, const ReplicateOptions& options,
                    const std::function<void(double)>& on_share = {});

/// An object a group: `settings` (pointers), `contribution`, `low`, `high`, `alone`, `alone_low`, `alone_high`; and one
/// without settings for the rest, where there is one.
nlohmann::ordered_json contributions_json(const Explanation& explanation, const ExplainedFigure& figure);

}  // namespace chokepoint::analysis
