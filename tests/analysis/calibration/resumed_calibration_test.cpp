#include <csignal>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <doctest/doctest.h>

#include "analysis/calibration/calibration_store.hpp"
#include "analysis/calibration/ensemble_file.hpp"
#include "analysis/calibration/study_evaluation.hpp"
#include "analysis/study/study_text.hpp"
#include "cli/program.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {
namespace {

/// A load and its PUE, with waves, a search and profiles.
Study stoppable_study(const std::string& tolerance = "15") {
  return tests::StudyFolder()
      .with("site.json", R"({"name": "site", "start": "2024-01-01", "duration": "1 d",
        "sites": [{"name": "s", "it_load": "1 MW", "pue": 1.2}]})")
      .load(R"({"name": "fit", "scenario": "site.json", "outcomes": ["energy_mwh", "it_energy_mwh"],
        "parameters": [{"name": "load", "at": "/sites/0/it_load", "from": "5 MW", "to": "20 MW", "steps": 2},
                       {"name": "pue", "at": "/sites/0/pue", "from": 1.1, "to": 1.6, "steps": 2}],
        "design": {"kind": "grid"}, "replicates": 2,
        "calibration": {"sets": 20, "wave": 30, "waves": 4, "starts": 1, "search_sets": 10, "profile_points": 2,
                        "profile_sets": 5},
        "targets": [{"outcome": "it_energy_mwh", "value": 300, "tolerance": )" +
            tolerance + R"(}, {"outcome": "energy_mwh", "value": 405, "tolerance": 20}]})");
}

/// The bytes of an ensemble and of all its sets, of a calibration that goes on with what `store` holds.
std::string calibrated_with(const Study& study, const std::filesystem::path& path) {
  StudyEvaluation evaluation(study, 2);
  RunStore store(path, calibration_layout(study), calibration_identity(study), RunStore::Begin::resumed);
  store.set_batch({.rows = 1});
  evaluation.keep_in(store);
  const Calibration found = calibrate(
      study.parameters.size(), study.targets, [&](auto places) { return evaluation(places); }, study.calibration);
  const StudyCalibration calibration{.study = study, .found = found, .version = "1"};
  return ensemble_json(calibration).dump() + evaluations_csv(calibration);
}

std::int64_t number_in(const std::filesystem::path& path, const std::string& sql) {
  try {
    return Database(path, Database::Mode::read).integer(sql);
  } catch (const DatabaseError&) {
    return 0;  // not made yet
  }
}

std::int64_t rows_in(const std::filesystem::path& path) {
  return number_in(path, "SELECT count(*) FROM runs");
}

/// Goes on with the calibration in a process of its own, which is killed as soon as the store holds `rows`.
void calibrate_and_kill(const Study& study, const std::filesystem::path& path, std::int64_t rows) {
  const pid_t child = ::fork();
  if (child == 0) {
    static_cast<void>(calibrated_with(study, path));
    ::_exit(0);
  }
  while (rows_in(path) < rows) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

}  // namespace

TEST_CASE("a calibration that is killed again and again ends with the bytes of one that is not" *
          doctest::test_suite("heavy")) {
  const tests::ScratchFolder folder;
  const Study study = stoppable_study();
  const auto whole = folder.path() / "whole.sqlite", killed = folder.path() / "killed.sqlite";
  const std::string bytes = calibrated_with(study, whole);
  const std::int64_t all = rows_in(whole);
  REQUIRE(all > 100);
  // At its very start, in the first wave, between waves, later, and almost at the end.
  for (const std::int64_t rows : {std::int64_t{1}, std::int64_t{17}, std::int64_t{60}, all / 2, all - 9}) {
    CAPTURE(rows);
    calibrate_and_kill(study, killed, rows);
    CHECK(rows_in(killed) >= rows);
    CHECK(rows_in(killed) <= all);
  }
  CHECK(calibrated_with(study, killed) == bytes);
  CHECK(rows_in(killed) == all);
}

TEST_CASE("a calibration whose runs are all kept runs none of them again and one with a failed run runs that") {
  const tests::ScratchFolder folder;
  const Study study = stoppable_study();
  const auto path = folder.path() / "kept.sqlite";
  const std::string bytes = calibrated_with(study, path);
  Database(path, Database::Mode::write)
      .execute("UPDATE runs SET wall_s = 1000; UPDATE runs SET status = 'crashed' WHERE point = 7 AND replicate = 1");
  CHECK(calibrated_with(study, path) == bytes);
  CHECK(number_in(path, "SELECT count(*) FROM runs WHERE wall_s < 1000") == 1);
  CHECK(number_in(path, "SELECT count(*) FROM runs WHERE wall_s < 1000 AND point = 7 AND replicate = 1") == 1);
}

TEST_CASE("a kept run counts for the set that it was run for alone") {
  // As if another program had come to other places: what it kept of them tells nothing of these.
  const tests::ScratchFolder folder;
  const Study study = stoppable_study();
  const auto path = folder.path() / "kept.sqlite";
  const std::string bytes = calibrated_with(study, path);
  Database(path, Database::Mode::write).execute("UPDATE runs SET pue = pue + 0.001, energy_mwh = 0 WHERE point = 3");
  CHECK(calibrated_with(study, path) == bytes);
}

TEST_CASE("a calibration does not go on with runs of another state of its study") {
  const tests::ScratchFolder folder;
  const auto path = folder.path() / "kept.sqlite";
  static_cast<void>(calibrated_with(stoppable_study(), path));
  CHECK_THROWS_WITH_AS(
      static_cast<void>(calibrated_with(stoppable_study("16"), path)),
      (path.string() + ": study /targets/0/tolerance: expected 15, with which it was begun, found 16").c_str(),
      sim::InputError);
}

}  // namespace chokepoint::analysis
