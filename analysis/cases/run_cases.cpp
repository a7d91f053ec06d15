#include "analysis/cases/run_cases.hpp"

#include <numeric>

#include "analysis/pool/run_pool.hpp"
#include "sim/world/simulate.hpp"

namespace chokepoint::analysis {

void run_cases(std::vector<CaseStudy>& studies, std::size_t workers, const std::function<void(double)>& on_share) {
  std::vector<CaseScenario*> scenarios;
  for (CaseStudy& study : studies)
    for (CaseScenario& scenario : study.scenarios) scenarios.push_back(&scenario);
  std::vector<Run> runs;
  for (const CaseScenario* one : scenarios)
    runs.emplace_back([&scenario = one->scenario](const sim::Progress& progress) {
      return sim::simulate(scenario, {.seed = scenario.seed}, progress);
    });

  std::vector<double> shares(runs.size(), 0.0);
  const RunPool pool({.workers = workers});
  auto results = pool.run(runs, [&](std::size_t index, const RunProgress& progress) {
    shares[index] = progress.share;
    on_share(std::reduce(shares.begin(), shares.end()) / static_cast<double>(shares.size()));
  });
  for (std::size_t i = 0; i < results.size(); ++i)
    scenarios[i]->figures = compare_with_print(scenarios[i]->scenario, record_or_throw(std::move(results[i])));
}

}  // namespace chokepoint::analysis
