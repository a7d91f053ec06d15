#include "analysis/sweep/study_run.hpp"

#include <algorithm>
#include <utility>

#include "sim/world/simulate.hpp"

namespace chokepoint::analysis {

sim::Record simulate_study_run(const Study& study, const StudyRun& run, const sim::Progress& progress) {
  const sim::Scenario scenario = scenario_at(study, run.point);
  return sim::simulate(scenario, {.seed = study.seed, .replicate = static_cast<std::uint32_t>(run.replicate)},
                       progress);
}

sim::Record kept_of(sim::Record record, const Study& study, bool all_figures) {
  const auto wanted = [&](const sim::Figure& figure) {
    return std::ranges::any_of(study.outcomes,
                               [&](const StudyOutcome& outcome) { return outcome.figure == figure.key; });
  };
  if (!all_figures) std::erase_if(record.figures, [&](const sim::Figure& figure) { return !wanted(figure); });
  std::erase_if(record.tables, [&](const sim::Table& table) { return study.series.empty() || table.name != "series"; });
  if (all_figures) return record;
  for (sim::Table& series : record.tables)
    std::erase_if(series.columns, [&](const sim::Column& column) {
      return column.name != "time_s" && column.name != "date" &&
             std::ranges::find(study.series, column.name) == study.series.end();
    });
  return record;
}

}  // namespace chokepoint::analysis
