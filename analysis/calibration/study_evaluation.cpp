#include "analysis/calibration/study_evaluation.hpp"

#include <limits>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "analysis/calibration/fact_targets.hpp"
#include "analysis/pool/run_pool.hpp"
#include "analysis/sweep/study_row.hpp"
#include "analysis/sweep/study_run.hpp"
#include "sim/input/near_name.hpp"
#include "sim/world/simulate.hpp"

namespace chokepoint::analysis {
namespace {

Run run_of(const Study& study, StudyRun run, bool all_figures) {
  return [&study, run = std::move(run), all_figures](const sim::Progress& progress) {
    const sim::Scenario scenario = scenario_at(study, run.point);
    sim::Record whole =
        sim::simulate(scenario, {.seed = study.seed, .replicate = static_cast<std::uint32_t>(run.replicate)}, progress);
    const auto facts = fact_figures(fitted_facts(study), whole, scenario.money);
    sim::Record record = kept_of(std::move(whole), study, all_figures);
    record.tables.clear();
    record.figures.insert(record.figures.end(), facts.begin(), facts.end());
    return record;
  };
}

/// Not-a-number of what is none. Adding zero takes the sign of a zero away, which a store does not keep.
double number_of(const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return *number + 0.0;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*count);
  return std::numeric_limits<double>::quiet_NaN();
}

std::string text_of(const RunFailure& failure) {
  return failure.faults.empty() ? to_text(failure.kind) + ": " + failure.text : failure.faults.front().text();
}

}  // namespace

void check_calibration(const Study& study) {
  std::vector<sim::Fault> faults;
  const auto refuse = [&](std::string where, std::string expected, std::string found) {
    faults.push_back({.file = study.file,
                      .where = std::move(where),
                      .expected = std::move(expected),
                      .found = std::move(found),
                      .hint = {}});
  };
  if (study.targets.empty() && !study.facts)
    refuse("/", "the key \"targets\" (what outcomes are known to be) or \"facts\" (what was reported of a market)",
           "neither");
  for (const Parameter& parameter : study.parameters)
    if (parameter.numbers() == nullptr)
      refuse(parameter.place, "numbers, \"from\" one \"to\" another, to be searched", "choices");
  sim::throw_if_any(std::move(faults));
}

Point point_of(const Study& study, std::span<const double> place) {
  Point point;
  for (std::size_t i = 0; i < study.parameters.size(); ++i)
    point.values.push_back(value_at(study.parameters[i], place[i]));
  return point;
}

sim::Record StudyEvaluation::try_middle() const {
  const std::vector<double> middle(study_.parameters.size(), 0.5);
  const std::vector runs{run_of(study_, {.point = point_of(study_, middle)}, true)};
  sim::Record record = record_or_throw(std::move(RunPool({.workers = 1}).run(runs).front()));
  std::vector<std::string> keys;
  for (const sim::Figure& figure : record.figures) keys.push_back(figure.key);
  std::vector<sim::Fault> faults;
  const std::size_t own = study_.outcomes.size() - fitted_facts(study_).size();
  for (std::size_t i = own; i < study_.outcomes.size(); ++i)
    if (const auto why = never_shown(*record.find_figure(study_.outcomes[i].figure)))
      faults.push_back({.file = study_.file,
                        .where = "/facts",
                        .expected = "facts that the market can show, or \"without\" them",
                        .found = fmt::format("\"{}\": {}", study_.outcomes[i].name, *why),
                        .hint = {}});
  for (std::size_t i = 0; i < own; ++i) {
    const sim::Figure* figure = record.find_figure(study_.outcomes[i].figure);
    if (figure != nullptr && !std::holds_alternative<std::string>(figure->value)) continue;
    faults.push_back({.file = study_.file,
                      .where = fmt::format("/outcomes/{}", i),
                      .expected = "a figure of the run that is a number",
                      .found = '"' + study_.outcomes[i].figure + '"' + (figure != nullptr ? ", a text" : ""),
                      .hint = figure != nullptr ? "" : sim::near_name_hint(study_.outcomes[i].figure, keys)});
  }
  sim::throw_if_any(std::move(faults));
  return record;
}

std::vector<Outcomes> StudyEvaluation::operator()(std::span<const std::vector<double>> places) {
  const auto replicates = static_cast<std::size_t>(study_.replicates);
  std::vector<Outcomes> all(places.size(), Outcomes(study_.outcomes.size(), std::vector<double>(replicates)));
  const auto take = [&](std::size_t place, const RunRow& row) {
    for (std::size_t i = 0; i < row.outcomes.size(); ++i) all[place][i][row.replicate] = number_of(row.outcomes[i]);
  };

  std::vector<StudyRun> missing;
  for (std::size_t place = 0; place < places.size(); ++place) {
    Point point = point_of(study_, places[place]);
    point.index = sets_ + place;
    for (std::size_t replicate = 0; replicate < replicates; ++replicate) {
      const auto kept = store_ != nullptr ? store_->done_row(point.index, replicate) : std::nullopt;
      if (kept && kept->inputs == input_cells(point)) {
        take(place, *kept);
      } else {
        missing.push_back({.point = point, .replicate = replicate});
      }
    }
  }

  std::uint64_t next = 0;
  std::map<std::uint64_t, std::string> failures;
  const RunPool pool({.workers = workers_, .tick = [this] {
                        if (store_ != nullptr) store_->commit_if_due();
                      }});
  if (!missing.empty())
    pool.stream(
        [&]() -> std::optional<std::uint64_t> { return next < missing.size() ? std::optional(next++) : std::nullopt; },
        [&](std::uint64_t key) { return run_of(study_, missing[key], false); },
        [&](std::uint64_t key, const RunResult& result, const RunUse& use) {
          const RunRow row = row_of(study_, missing[key], result, use);
          if (const auto* failure = std::get_if<RunFailure>(&result)) failures.emplace(key, text_of(*failure));
          if (store_ != nullptr) store_->add(row);
          take(missing[key].point.index - sets_, row);
        },
        RunPool::Order::completion);
  sets_ += places.size();
  if (failed_ == 0 && !failures.empty()) first_failure_ = failures.begin()->second;
  failed_ += failures.size();
  return all;
}

}  // namespace chokepoint::analysis
