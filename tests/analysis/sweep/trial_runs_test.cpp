#include "analysis/sweep/trial_runs.hpp"

#include <algorithm>
#include <stdexcept>

#include <doctest/doctest.h>

#include "analysis/sweep/small_study.hpp"

namespace chokepoint::analysis {
namespace {

using tests::quick_run;
using tests::SmallStudy;

TEST_CASE("trials run the points that are asked for and keep all of their figures") {
  const SmallStudy small;
  const Study study = small.load();
  const std::vector<std::uint64_t> places{1, 4, 11};
  const auto with_more = [](const Study& of, const StudyRun& run, const sim::Progress& progress) {
    sim::Record record = quick_run(of, run, progress);
    record.figures.push_back({"more", "more", "", 1.0, ""});
    return record;
  };
  const auto trials = run_trials(study, places, {.workers = 2, .run = with_more});
  std::vector<std::uint64_t> ran;
  for (const TrialRun& trial : trials) {
    ran.push_back(trial.run.point.index);
    CHECK(trial.run.replicate == 0);
    CHECK(std::get<sim::Record>(trial.result).find_figure("more") != nullptr);
  }
  std::ranges::sort(ran);
  CHECK(ran == places);
}

TEST_CASE("trials show an outcome that no run has") {
  const SmallStudy small;
  const Study study = small.load();
  const auto without_luck = [](const Study& of, const StudyRun& run, const sim::Progress& progress) {
    sim::Record record = quick_run(of, run, progress);
    record.figures.pop_back();
    return record;
  };
  CHECK_THROWS_AS(run_trials(study, std::vector<std::uint64_t>{0}, {.run = without_luck}), sim::InputError);
}

TEST_CASE("the time of a study is that of trials which came to their end or none") {
  const SmallStudy small;
  const Study study = small.load();
  const auto halting = [](const Study& of, const StudyRun& run, const sim::Progress& progress) {
    if (run.point.index >= 6) throw std::runtime_error("halts");
    return quick_run(of, run, progress);
  };
  const auto estimate = estimate_by_trials(study, {.workers = 2, .run = halting});
  REQUIRE(estimate);
  CHECK(estimate->trials == 3);
  const auto never = [](const Study&, const StudyRun&, const sim::Progress&) -> sim::Record {
    throw std::runtime_error("halts");
  };
  CHECK_FALSE(estimate_by_trials(study, {.run = never}));
}

}  // namespace
}  // namespace chokepoint::analysis
