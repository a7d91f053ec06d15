#include "analysis/sweep/study_store.hpp"

#include <doctest/doctest.h>

#include "analysis/sweep/small_study.hpp"

namespace chokepoint::analysis {
namespace {

std::vector<std::string> places(const StudyIdentity& was, const StudyIdentity& is) {
  std::vector<std::string> places;
  for (const IdentityChange& change : identity_changes(was, is)) places.push_back(change.where);
  return places;
}

}  // namespace

TEST_CASE("what is only for people is no change of a study") {
  const tests::SmallStudy small;
  const StudyIdentity before = study_identity(small.load(), {});
  std::string text = tests::file_text(small.file());
  text.insert(1, R"("title": "Another title", "description": "More words",)");
  (void)small.folder().write("study.json", text);
  CHECK(places(before, study_identity(small.load(), {})).empty());
}

TEST_CASE("changes of the study and of its scenario and of files that they name are told by their place") {
  const tests::ScratchFolder folder;
  (void)folder.write("trace.csv", "job_id,submit_time_s,duration_s,gpus\na,0,100,8\n");
  (void)folder.write("long.csv", "job_id,submit_time_s,duration_s,gpus\na,0,900,8\n");
  (void)folder.write("base.json", R"({"name": "site", "start": "2023-01-01", "sites": [{"name": "s", "pue": 1.2}]})");
  (void)folder.write("site.json",
                     R"({"extends": "base.json", "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 8,
               "workload": {"kind": "trace", "file": "trace.csv"}}]})");
  const std::string study = R"({"name": "s", "scenario": "site.json", "parameters": [
      {"name": "pue", "at": "/sites/0/pue", "from": 1, "to": 2, "steps": 3},
      {"name": "trace", "at": "/fleets/0/workload/file", "choices": ["trace.csv", "long.csv"]}],
      "outcomes": ["energy_mwh"], "design": {"kind": "grid"}})";
  const std::string file = folder.write("study.json", study);
  const StudyIdentity before = study_identity(load_study(file), {});
  CHECK(places(before, study_identity(load_study(file), {})).empty());

  (void)folder.write("base.json", R"({"name": "site", "start": "2023-01-01", "sites": [{"name": "s", "pue": 1.3}]})");
  CHECK(places(before, study_identity(load_study(file), {})) == std::vector<std::string>{"scenario /sites/0/pue"});
  (void)folder.write("base.json", R"({"name": "site", "start": "2023-01-01", "sites": [{"name": "s", "pue": 1.2}]})");

  (void)folder.write("long.csv", "job_id,submit_time_s,duration_s,gpus\na,0,901,8\n");
  CHECK(places(before, study_identity(load_study(file), {})) ==
        std::vector<std::string>{"file long.csv (study /parameters/1/choices/1)"});
}

}  // namespace chokepoint::analysis
