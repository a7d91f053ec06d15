#include "analysis/calibration/study_evaluation.hpp"

#include <limits>

#include <fmt/format.h>

#include "analysis/calibration/figure_number.hpp"
#include "analysis/pool/run_pool.hpp"
#include "sim/input/near_name.hpp"
#include "sim/world/simulate.hpp"

namespace chokepoint::analysis {
namespace {

Run run_of(const Study& study, Point point, std::uint32_t replicate) {
  return [&study, point = std::move(point), replicate](const sim::Progress& progress) {
    sim::Record record =
        sim::simulate(scenario_at(study, point), {.seed = study.seed, .replicate = replicate}, progress);
    record.tables.clear();
    return record;
  };
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
  if (study.targets.empty()) refuse("/", "the key \"targets\" (what outcomes are known to be)", "none");
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
  const std::vector runs{run_of(study_, point_of(study_, middle), 0)};
  sim::Record record = record_or_throw(std::move(RunPool({.workers = 1}).run(runs).front()));
  std::vector<std::string> keys;
  for (const sim::Figure& figure : record.figures) keys.push_back(figure.key);
  std::vector<sim::Fault> faults;
  for (std::size_t i = 0; i < study_.outcomes.size(); ++i) {
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
  std::vector<Run> runs;
  for (const std::vector<double>& place : places)
    for (std::size_t replicate = 0; replicate < replicates; ++replicate)
      runs.push_back(run_of(study_, point_of(study_, place), static_cast<std::uint32_t>(replicate)));
  const auto results = RunPool({.workers = workers_}).run(runs);

  std::vector<Outcomes> all(places.size(), Outcomes(study_.outcomes.size()));
  for (std::size_t i = 0; i < results.size(); ++i) {
    const auto* record = std::get_if<sim::Record>(&results[i]);
    if (record == nullptr && failed_++ == 0) first_failure_ = text_of(std::get<RunFailure>(results[i]));
    for (std::size_t k = 0; k < study_.outcomes.size(); ++k)
      all[i / replicates][k].push_back(record != nullptr ? figure_number(*record, study_.outcomes[k].figure)
                                                         : std::numeric_limits<double>::quiet_NaN());
  }
  return all;
}

}  // namespace chokepoint::analysis
