#include "analysis/comparison/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "models/contract/expects.hpp"
#include "models/statistics/shapley.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::analysis {
namespace {

/// Runs the base with sets of settings switched, each once.
class SwitchedRuns {
 public:
  SwitchedRuns(const ExplainedPair& pair, std::span<const ChangedSetting> settings, ReplicateOptions options)
      : pair_(pair), settings_(settings), options_(options) {}

  /// Runs those of `sets` that were not run before: first one replicate each, which tells most that are refused, then
  /// the others of the rest.
  void run(const std::vector<SettingGroup>& sets, const std::function<void(double)>& on_share) {
    run_part(sets, {.from = 0, .count = 1}, on_share);
    if (options_.replicates > 1) run_part(sets, {.from = 1, .count = options_.replicates - 1}, on_share);
  }
  [[nodiscard]] bool refused(const SettingGroup& set) const { return results_.at(set).refused; }
  /// Of a set that is not refused.
  [[nodiscard]] std::vector<FigureSample> figures(const SettingGroup& set) const {
    if (set.empty()) return pair_.base_figures.figures;
    if (set.size() == settings_.size()) return pair_.other_figures.figures;
    return figure_samples(results_.at(set).records);
  }

 private:
  struct Part {
    std::uint32_t from = 0;
    std::uint32_t count = 0;
  };
  struct Result {
    std::vector<sim::Record> records;
    bool refused = false;
  };

  void run_part(const std::vector<SettingGroup>& sets, Part part, const std::function<void(double)>& on_share) {
    std::vector<Course> courses;
    std::vector<Result*> results;
    for (const SettingGroup& set : sets) {
      Result& result = results_[set];
      if (result.refused || result.records.size() > part.from) continue;
      results.push_back(&result);
      courses.push_back(course_of_set(set));
    }
    ReplicateOptions options = options_;
    options.first_replicate = part.from;
    options.replicates = part.count;
    auto runs = run_courses(courses, options, on_share);
    for (std::size_t i = 0; i < runs.size(); ++i)
      for (RunResult& run : runs[i]) take(courses[i].name, std::move(run), *results[i]);
  }

  /// Reads and simulates in the run, so that a scenario that is refused is a result.
  [[nodiscard]] Course course_of_set(const SettingGroup& set) const {
    std::string name = "the base with";
    for (const std::size_t place : set) name += ' ' + settings_[place].setting.pointer;
    return {.name = std::move(name),
            .simulate = [this, set](const sim::RunOptions& run, const sim::Progress& progress) {
              return sim::simulate(sim::load_scenario(switched(pair_.base, settings_, set)), run, progress);
            }};
  }

  static void take(const std::string& name, RunResult run, Result& result) {
    if (auto* record = std::get_if<sim::Record>(&run)) {
      result.records.push_back(std::move(*record));
      return;
    }
    const RunFailure& failure = std::get<RunFailure>(run);
    if (failure.kind != RunFailure::Kind::bad_input)
      throw RunError(fmt::format("{}: the run {}: {}", name, to_text(failure.kind), failure.text));
    result.refused = true;
  }

  const ExplainedPair& pair_;
  std::span<const ChangedSetting> settings_;
  ReplicateOptions options_;
  std::map<SettingGroup, Result> results_;
};

std::uint64_t all_of(std::size_t groups) {
  return (std::uint64_t{1} << groups) - 1;
}

/// The sets but none and all.
std::vector<SettingGroup> proper_sets(const std::vector<SettingGroup>& groups, Explanation::Method method) {
  std::vector<SettingGroup> sets;
  const std::uint64_t all = all_of(groups.size());
  if (method == Explanation::Method::shapley) {
    for (std::uint64_t set = 1; set < all; ++set) sets.push_back(settings_of(groups, set));
  } else {
    for (std::size_t i = 0; i < groups.size(); ++i) {
      sets.push_back(groups[i]);
      sets.push_back(settings_of(groups, all & ~(std::uint64_t{1} << i)));
    }
  }
  return sets;
}

/// A figure by set of settings and replicate; nothing unless all sets have it in one unit. Replicates that lack it
/// somewhere are left out.
class FigureBySet {
 public:
  FigureBySet(const std::string& key, const std::vector<SettingGroup>& sets, const SwitchedRuns& runs,
              std::size_t replicates) {
    std::vector<bool> whole(replicates, true);
    std::optional<std::string> unit;
    std::map<SettingGroup, std::vector<double>> all;
    for (const SettingGroup& set : sets) {
      const auto figures = runs.figures(set);
      const FigureSample* const sample = find_sample(figures, key);
      if (sample == nullptr || sample->is_text || unit.value_or(sample->unit) != sample->unit) return;
      unit = sample->unit;
      for (std::size_t i = 0; i < replicates; ++i) whole[i] = whole[i] && std::isfinite(sample->numbers[i]);
      all[set] = sample->numbers;
    }
    for (const auto& [set, numbers] : all)
      for (std::size_t i = 0; i < replicates; ++i)
        if (whole[i]) values_[set].push_back(numbers[i]);
  }

  [[nodiscard]] bool empty() const { return values_.empty(); }
  /// Null for a set that was refused.
  [[nodiscard]] const std::vector<double>* of(const SettingGroup& set) const {
    const auto found = values_.find(set);
    return found == values_.end() ? nullptr : &found->second;
  }

 private:
  std::map<SettingGroup, std::vector<double>> values_;
};

std::optional<MeanInterval> step(const FigureBySet& figure, const SettingGroup& from, const SettingGroup& to) {
  const auto* base = figure.of(from);
  const auto* other = figure.of(to);
  if (base == nullptr || other == nullptr) return std::nullopt;
  return paired_difference(*base, *other);
}

void add_shapley(const FigureBySet& values, const std::vector<SettingGroup>& groups, ExplainedFigure& figure) {
  std::vector<const std::vector<double>*> by_set;
  for (std::uint64_t set = 0; set <= all_of(groups.size()); ++set)
    by_set.push_back(values.of(settings_of(groups, set)));
  std::vector<std::vector<double>> parts(groups.size());
  for (std::size_t replicate = 0; replicate < by_set.front()->size(); ++replicate) {
    std::vector<double> worth;
    for (const auto* numbers : by_set) worth.push_back((*numbers)[replicate]);
    const std::vector<double> shares = models::shapley_values(worth);
    for (std::size_t i = 0; i < groups.size(); ++i) parts[i].push_back(shares[i]);
  }
  for (std::size_t i = 0; i < groups.size(); ++i)
    figure.contributions.push_back({.part = mean_interval(parts[i]), .alone = step(values, {}, groups[i])});
}

void add_one_at_a_time(const FigureBySet& values, const std::vector<SettingGroup>& groups, ExplainedFigure& figure) {
  const SettingGroup all = settings_of(groups, all_of(groups.size()));
  const std::vector<double>& base = *values.of({});
  const std::vector<double>& other = *values.of(all);
  std::vector<double> rest;
  for (std::size_t r = 0; r < base.size(); ++r) rest.push_back(other[r] - base[r]);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto* with = values.of(groups[i]);
    const auto* without = values.of(settings_of(groups, all_of(groups.size()) & ~(std::uint64_t{1} << i)));
    std::vector<double> parts;
    for (std::size_t r = 0; r < base.size() && (with != nullptr || without != nullptr); ++r) {
      const double forth = with != nullptr ? (*with)[r] - base[r] : other[r] - (*without)[r];
      const double back = without != nullptr ? other[r] - (*without)[r] : forth;
      parts.push_back((forth + back) / 2.0);
      rest[r] -= parts.back();
    }
    Contribution contribution{.part = {}, .alone = step(values, {}, groups[i])};
    if (!parts.empty()) contribution.part = mean_interval(parts);
    figure.contributions.push_back(std::move(contribution));
  }
  figure.rest = mean_interval(rest);
}

}  // namespace

Explanation explain(const ExplainedPair& pair, std::span<const std::string> keys, const ReplicateOptions& options,
                    const std::function<void(double)>& on_share) {
  Explanation explanation{.settings = changed_settings(pair.base, pair.other), .groups = {}, .figures = {}};
  if (explanation.settings.empty()) return explanation;
  std::vector<SettingGroup>& groups = explanation.groups;
  groups = group_settings(explanation.settings);
  if (groups.size() > most_shapley_groups) explanation.method = Explanation::Method::one_at_a_time;
  SwitchedRuns runs(pair, explanation.settings, options);
  runs.run(proper_sets(groups, explanation.method), on_share);
  if (explanation.method == Explanation::Method::shapley)
    groups = join_inseparable(std::move(groups), [&](const SettingGroup& set) { return runs.refused(set); });

  std::vector<SettingGroup> sets{{}, settings_of(groups, all_of(groups.size()))};
  for (SettingGroup& set : proper_sets(groups, explanation.method))
    if (!runs.refused(set)) sets.push_back(std::move(set));
  for (const std::string& key : keys) {
    const FigureBySet values(key, sets, runs, options.replicates);
    if (values.empty()) continue;
    const FigureSample& sample = *find_sample(pair.base_figures.figures, key);
    ExplainedFigure figure{.figure = key,
                           .label = sample.label,
                           .unit = sample.unit,
                           .difference = *step(values, sets[0], sets[1]),
                           .contributions = {},
                           .rest = {}};
    if (explanation.method == Explanation::Method::shapley) {
      add_shapley(values, groups, figure);
    } else {
      add_one_at_a_time(values, groups, figure);
    }
    explanation.figures.push_back(std::move(figure));
  }
  return explanation;
}

nlohmann::ordered_json contributions_json(const Explanation& explanation, const ExplainedFigure& figure) {
  auto list = nlohmann::ordered_json::array();
  const auto object = [](const SettingGroup& group, const std::vector<ChangedSetting>& settings,
                         const Contribution& contribution) {
    nlohmann::ordered_json json{{"settings", nlohmann::ordered_json::array()}};
    for (const std::size_t place : group) json["settings"].push_back(settings[place].setting.pointer);
    const auto put = [&json](const std::string& name, const std::string& prefix,
                             const std::optional<MeanInterval>& value) {
      for (const std::string& key : {name, prefix + "low", prefix + "high"}) json[key] = nullptr;
      if (!value) return;
      json[name] = value->mean;
      if (!value->interval) return;
      json[prefix + "low"] = value->interval->low;
      json[prefix + "high"] = value->interval->high;
    };
    put("contribution", "", contribution.part);
    put("alone", "alone_", contribution.alone);
    return json;
  };
  for (std::size_t i = 0; i < explanation.groups.size(); ++i)
    list.push_back(object(explanation.groups[i], explanation.settings, figure.contributions[i]));
  if (figure.rest) list.push_back(object({}, explanation.settings, {.part = figure.rest, .alone = {}}));
  return list;
}

}  // namespace chokepoint::analysis
