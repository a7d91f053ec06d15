#include "analysis/sweep/run_study.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstring>
#include <map>
#include <random>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "analysis/store/merge_stores.hpp"
#include "analysis/sweep/small_study.hpp"

namespace chokepoint::analysis {
namespace {

using namespace std::chrono_literals;
using tests::quick_run;
using tests::rows_of;
using tests::SmallStudy;
using tests::sweep;
using End = SweepResult::End;

sim::Record slow_run(const Study& study, const StudyRun& run, const sim::Progress& progress) {
  std::this_thread::sleep_for(2ms);
  return quick_run(study, run, progress);
}

/// Kills the sweep at random moments, `kills` times, and goes on each time; then lets it end.
void sweep_with_kills(const Study& study, const std::filesystem::path& out, int kills, int longest_ms) {
  std::mt19937 random(5);
  const SweepOptions options{.workers = 2, .run = slow_run};
  for (int kill = 0; kill < kills; ++kill) {
    const pid_t child = ::fork();
    if (child == 0) {
      // What a kill in the middle of a commit leaves shows best with many of them.
      try {
        sweep(study, out, options, {.rows = 3});
      } catch (const std::exception& error) {
        [[maybe_unused]] const auto written = ::write(STDERR_FILENO, error.what(), std::strlen(error.what()));
        ::_exit(1);
      }
      ::_exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % static_cast<unsigned>(longest_ms)));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK((WIFSIGNALED(status) || WEXITSTATUS(status) == 0));
  }
  CHECK(sweep(study, out, options).end == End::complete);
}

std::vector<std::string> column_of(const std::filesystem::path& path, const std::string& sql) {
  const Database store = open_store(path, Database::Mode::read);
  Statement row = store.prepare(sql);
  std::vector<std::string> values;
  while (row.step()) values.push_back(row.text(0));
  return values;
}

}  // namespace

TEST_CASE("the table is the same for any number of workers and shards") {
  const SmallStudy small;
  const Study study = small.load();
  const auto whole = small.store("whole.sqlite");
  CHECK(sweep(study, whole, {.workers = 1, .run = quick_run}).progress.ended == 24);
  const std::string rows = rows_of(whole);
  CHECK(std::ranges::count(rows, '\n') == 24 + 1 + 24);
  const auto two = small.store("two.sqlite");
  sweep(study, two, {.workers = 2, .run = quick_run});
  CHECK(rows_of(two) == rows);
  for (const std::uint64_t count : {1U, 3U, 8U, 30U}) {
    CAPTURE(count);
    std::vector<std::filesystem::path> parts;
    std::uint64_t ended = 0;
    for (std::uint64_t index = count; index >= 1; --index) {
      parts.push_back(small.store(std::to_string(index) + "-of-" + std::to_string(count)));
      ended += sweep(study, parts.back(), {.shard = {index, count}, .workers = 2, .run = quick_run}).progress.ended;
    }
    CHECK(ended == 24);
    const auto merged = small.store("merged-" + std::to_string(count));
    merge_stores(merged, parts);
    CHECK(rows_of(merged) == rows);
  }
}

TEST_CASE("no row is lost or doubled by kills at random moments") {
  const SmallStudy small(20, 2);
  const Study study = small.load();
  const auto whole = small.store("whole.sqlite");
  sweep(study, whole, {.workers = 2, .run = quick_run});
  const auto killed = small.store("killed.sqlite");
  sweep_with_kills(study, killed, 10, 100);
  CHECK(rows_of(killed) == rows_of(whole));
}

TEST_SUITE("slow") {
  TEST_CASE("no row is lost or doubled by a hundred kills") {
    const SmallStudy small(250, 4);
    const Study study = small.load();
    const auto whole = small.store("whole.sqlite");
    sweep(study, whole, {.workers = 2, .run = quick_run});
    const auto killed = small.store("killed.sqlite");
    sweep_with_kills(study, killed, 100, 400);
    CHECK(rows_of(killed) == rows_of(whole));
  }
}

#if !defined(__SANITIZE_ADDRESS__)
TEST_CASE("a run that crashes or hangs or eats all memory or fails is a row with its reason") {
  const SmallStudy small(6, 1);
  const Study study = small.load();
  const auto out = small.store("a.sqlite");
  const RunStudyPoint faulty = [](const Study& of, const StudyRun& run, const sim::Progress& progress) {
    if (run.point.index == 1) std::abort();
    if (run.point.index == 2) std::this_thread::sleep_for(1h);
    if (run.point.index == 3) {
      std::vector<std::vector<double>> hoard;
      for (;;) hoard.emplace_back(1 << 20, 1.0);
    }
    if (run.point.index == 4) throw std::runtime_error("no way");
    if (run.point.index == 5)
      throw sim::InputError({{"a.json", "/x", "one", "two", ""}, {"a.json", "/y", "three", "four", ""}});
    return quick_run(of, run, progress);
  };
  const RunLimits limits{.time = 10s, .memory = std::uint64_t{256} << 20};
  const SweepResult result = sweep(study, out, {.workers = 2, .limits = limits, .run = faulty});
  CHECK(result.end == End::complete);
  CHECK(result.progress.ended == 12);
  CHECK(result.progress.failed == 5);
  CHECK(column_of(out, "SELECT point || ' ' || status || ' ' || coalesce(message, '-') FROM runs WHERE point < 7") ==
        std::vector<std::string>{"0 done -", "1 crashed SIGABRT", "2 timed out still running after 10000 ms",
                                 "3 out of memory no more memory could be had", "4 failed no way",
                                 "5 failed a.json: /x: expected one, found two\na.json: /y: expected three, found four",
                                 "6 done -"});
  CHECK(column_of(out, "SELECT count(*) FROM runs WHERE wall_s >= 10 AND status = 'timed out'").front() == "1");
  CHECK(column_of(out, "SELECT count(*) FROM runs WHERE memory_bytes > 1e6").front() == "12");

  // What was not done is run again, and nothing else is.
  const SweepResult again = sweep(study, out, {.workers = 2, .run = quick_run});
  CHECK(again.progress.done_before == 7);
  CHECK(again.progress.ended == 5);
  const auto whole = small.store("whole.sqlite");
  sweep(study, whole, {.workers = 2, .run = quick_run});
  CHECK(rows_of(out) == rows_of(whole));
  CHECK(sweep(study, out, {.workers = 2, .run = quick_run}).progress.ended == 0);
}
#endif

TEST_CASE("what came before an interrupt stands and the rest is run later") {
  const SmallStudy small;
  const Study study = small.load();
  const auto out = small.store("a.sqlite");
  ::signal(SIGINT, SIG_DFL);
  const SweepResult stopped =
      sweep(study, out, {.workers = 1, .run = quick_run, .on_progress = [](const SweepProgress& progress) {
                           if (progress.ended == 10) ::raise(SIGINT);
                         }});
  CHECK(stopped.end == End::interrupted);
  CHECK(stopped.progress.ended == 10);
  const SweepResult rest = sweep(study, out, {.workers = 1, .run = quick_run});
  CHECK(rest.end == End::complete);
  CHECK(rest.progress.done_before == 10);
  CHECK(rest.progress.ended == 14);
}

TEST_CASE("a full disk stops a study cleanly and it goes on once there is room") {
  const SmallStudy small(40, 2);
  const Study study = small.load();
  const auto out = small.store("a.sqlite");
  {
    RunStore store(out, store_layout(study), study_identity(study, {}), RunStore::Begin::fresh);
    store.set_batch({.rows = 5});
    const auto pages = store.database().integer("PRAGMA page_count");
    store.database().execute("PRAGMA max_page_count = " + std::to_string(pages + 1));
    const SweepResult stopped = run_study(study, store, {.workers = 2, .run = quick_run});
    CHECK(stopped.end == End::unwritable);
    CHECK(stopped.reason == out.string() + ": database or disk is full");
  }
  const SweepResult rest = sweep(study, out, {.workers = 2, .run = quick_run});
  CHECK(rest.progress.done_before > 0);
  CHECK(rest.progress.done_before + rest.progress.ended == 160);
  const auto whole = small.store("whole.sqlite");
  sweep(study, whole, {.workers = 2, .run = quick_run});
  CHECK(rows_of(out) == rows_of(whole));
}

TEST_CASE("an outcome that no run gives is told before the study runs and nothing is left") {
  const SmallStudy small;
  Study study = small.load();
  study.outcomes[0].figure = "energy_mhw";
  study.series = {"powr_w"};
  const auto out = small.store("a.sqlite");
  std::string told;
  try {
    sweep(study, out, {.workers = 2, .run = quick_run});
  } catch (const sim::InputError& error) {
    told = error.what();
  }
  CHECK(told == study.file +
                    ": /outcomes/0: expected a key figure of the runs, found \"energy_mhw\" (did you mean "
                    "\"energy_mwh\"?)\n" +
                    study.file +
                    ": /series/0: expected a column of numbers in the runs' series, found \"powr_w\" (did "
                    "you mean \"power_w\"?)");
  CHECK_FALSE(std::filesystem::exists(out));
}

TEST_CASE("an outcome that only some points give is empty at the others") {
  const SmallStudy small(6, 1);
  const Study study = small.load();
  const auto out = small.store("a.sqlite");
  sweep(study, out, {.workers = 2, .run = [](const Study& of, const StudyRun& run, const sim::Progress& progress) {
                       sim::Record record = quick_run(of, run, progress);
                       if (run.point.index != 6) record.figures.pop_back();
                       return record;
                     }});
  CHECK(column_of(out, "SELECT point FROM runs WHERE luck IS NOT NULL") == std::vector<std::string>{"6"});
  CHECK(column_of(out, "SELECT count(*) FROM runs WHERE status = 'done'").front() == "12");
}

TEST_CASE("replicates of a point differ and points share the draws of a replicate") {
  const tests::ScratchFolder folder;
  (void)folder.write("site.json",
                     R"({"name": "site", "start": "2023-01-01", "duration": "1 d", "sites": [{"name": "s"}],
    "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 8, "workload": {"kind": "synthetic",
                "mean_interval": "5 min", "median_duration": "1 h"}}]})");
  const Study study =
      load_study(folder.write("study.json", R"({"name": "draws", "scenario": "site.json", "parameters": [
      {"name": "pue", "at": "/sites/0/pue", "from": 1, "to": 2, "steps": 3}],
      "outcomes": ["jobs_finished", {"name": "energy", "figure": "energy_mwh"}, {"name": "load", "figure": "it_energy_mwh"}],
      "design": {"kind": "grid"}, "replicates": 4})"));
  const auto out = folder.path() / "draws.sqlite";
  CHECK(sweep(study, out, {.workers = 2}).progress.failed == 0);
  std::map<std::string, std::set<double>> energies;
  const Database store = open_store(out, Database::Mode::read);
  Statement row = store.prepare("SELECT replicate, energy / pue, energy FROM runs WHERE status = 'done'");
  std::set<double> all;
  while (row.step()) {
    energies[row.text(0)].insert(std::round(row.real(1) * 1e9) / 1e9);
    all.insert(row.real(2));
  }
  CHECK(all.size() == 12);
  REQUIRE(energies.size() == 4);
  // The same jobs at every point: only the PUE differs.
  for (const auto& [replicate, values] : energies) CHECK(values.size() == 1);
  std::set<double> by_replicate;
  for (const auto& [replicate, values] : energies) by_replicate.insert(values.begin(), values.end());
  CHECK(by_replicate.size() == 4);
}

}  // namespace chokepoint::analysis
