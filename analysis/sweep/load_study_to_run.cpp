#include "analysis/sweep/load_study_to_run.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include "analysis/pool/run_pool.hpp"
#include "analysis/study/load_study.hpp"
#include "analysis/sweep/outcome_check.hpp"
#include "sim/scenario/load_scenario.hpp"
#include "sim/world/simulate.hpp"

namespace chokepoint::analysis {
namespace {

constexpr std::chrono::seconds longest_trial{5};

std::vector<sim::Fault> slips_of_outcomes(const Study& study) {
  std::optional<sim::Scenario> scenario;
  try {
    scenario = sim::load_scenario(study.base);
  } catch (const sim::InputError&) {
    return {};
  }
  const std::array<Run, 1> runs{
      [&](const sim::Progress& progress) { return sim::simulate(*scenario, {.seed = study.seed}, progress); }};
  const RunPool pool({.limits = {.time = longest_trial}});
  std::vector<sim::Record> records;
  for (RunResult& result : pool.run(runs))
    if (auto* record = std::get_if<sim::Record>(&result)) records.push_back(std::move(*record));
  return outcome_faults(study, records, UnknownOutcomes::near);
}

}  // namespace

Study load_study_to_run(const std::filesystem::path& path, std::vector<sim::Fault> faults) {
  StudyReading reading = read_study(path);
  faults.insert(faults.end(), reading.faults.begin(), reading.faults.end());
  if (!faults.empty() && reading.study)
    for (sim::Fault& fault : slips_of_outcomes(*reading.study)) faults.push_back(std::move(fault));
  sim::throw_if_any(std::move(faults));
  return *std::move(reading.study);
}

}  // namespace chokepoint::analysis
