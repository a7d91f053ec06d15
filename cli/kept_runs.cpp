#include "cli/kept_runs.hpp"

#include <utility>

#include "analysis/calibration/ensemble_records.hpp"
#include "cli/replicated_runs.hpp"
#include "cli/terminal/progress_bar.hpp"
#include "sim/world/simulate.hpp"

namespace chokepoint::cli {

analysis::WeightedRuns run_kept(const ComparedCourse& course, const EnsembleRuns& runs,
                                const std::function<sim::Record(const sim::Record&)>& keep) {
  if (!course.ensemble) {
    const analysis::Course kept{.name = course.name, .simulate = [&](const auto& run, const auto& progress) {
                                  return keep(sim::simulate(course.scenario, run, progress));
                                }};
    auto records = run_watched({&kept, 1}, {.seed = runs.seed, .replicates = runs.replicates, .workers = runs.workers});
    return analysis::weighted_alike(std::move(records.front()));
  }
  const auto members =
      analysis::drawn_members(*course.ensemble, runs.sets.value_or(course.ensemble->sets.size()), runs.seed);
  ProgressBar bar;
  auto records =
      analysis::run_members({.document = course.document, .ensemble = *course.ensemble, .members = members},
                            {.seed = runs.seed, .replicates = runs.replicates, .workers = runs.workers, .keep = keep},
                            [&bar](double share) { bar.update(share, std::nullopt); });
  return analysis::weighted_by_set(std::move(records), members);
}

}  // namespace chokepoint::cli
