#include "cli/calibrate_command.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace chokepoint::cli {
namespace {

using tests::run_program;
using tests::ScratchFolder;
using tests::shell_word;

/// A load of 1.25 MW for ten days behind a PUE of 1.35, of which neither is known.
void write_study(const ScratchFolder& folder, double energy_mwh) {
  static_cast<void>(folder.write("site.json", R"({"name": "site", "start": "2024-01-01", "duration": "10 d",
    "sites": [{"name": "s", "it_load": "1 MW", "pue": 1.2}]})"));
  static_cast<void>(folder.write("study.json", R"({"name": "fit", "scenario": "site.json",
    "outcomes": ["energy_mwh", "it_energy_mwh"],
    "parameters": [{"name": "load", "at": "/sites/0/it_load", "from": "0.5 MW", "to": "2 MW", "steps": 2},
                   {"name": "pue", "at": "/sites/0/pue", "from": 1.1, "to": 1.6, "steps": 2}],
    "design": {"kind": "grid"},
    "calibration": {"sets": 30, "wave": 60, "waves": 8, "starts": 1, "search_sets": 20, "profile_points": 0},
    "targets": [{"outcome": "it_energy_mwh", "value": 300, "tolerance": 15},
                {"outcome": "energy_mwh", "tolerance": 20, "value": )" +
                                                   std::to_string(energy_mwh) + "}]}"));
}

}  // namespace

TEST_CASE("a calibration writes an ensemble that a scenario runs at its best set") {
  const ScratchFolder folder;
  write_study(folder, 405.0);
  const std::string study = shell_word(folder.path() / "study.json"), out = shell_word(folder.path() / "fit.json");
  const auto outcome = run_program("calibrate " + study + " --out " + out + " --format json");
  REQUIRE(outcome.exit == 0);
  const auto json = nlohmann::json::parse(outcome.text);
  CHECK(json["sets"].size() == 30);
  CHECK(json["made"]["replicates"] == 1);
  CHECK(json["made"]["settled"] == true);
  CHECK(tests::file_text(folder.path() / "fit.json") == outcome.text);
  CHECK(tests::file_text(folder.path() / "fit.sets.csv").starts_with("stage,weight,load,pue,"));

  const std::string fitted =
      shell_word(folder.write("fitted.json", R"({"extends": "site.json", "ensemble": "fit.json"})"));
  const auto best = nlohmann::json::parse(run_program("run " + fitted + " --format json").text);
  CHECK(best["it_energy_mwh"].get<double>() == doctest::Approx(300.0).epsilon(0.01));
  CHECK(best["pue"].get<double>() == doctest::Approx(1.35).epsilon(0.01));
  const auto set = nlohmann::json::parse(run_program("run " + fitted + " --set /sites/0/pue=1.5 --format json").text);
  CHECK(set["pue"].get<double>() == doctest::Approx(1.5));
  CHECK(set["it_energy_mwh"] == best["it_energy_mwh"]);
}

TEST_CASE("the same calibration with another number of workers is the same to the byte") {
  const ScratchFolder folder;
  write_study(folder, 405.0);
  const std::string study = shell_word(folder.path() / "study.json"), out = shell_word(folder.path() / "fit.json");
  const std::string command = "calibrate " + study + " --out " + out + " --workers ";
  const auto one = run_program(command + "1");
  for (const char* name : {"fit.json", "fit.sets.csv"}) std::filesystem::remove(folder.path() / name);
  const auto two = run_program(command + "2");
  CHECK(one.exit == 0);
  CHECK(one.text == two.text);
  for (const char* words : {"load", "pue", "it_energy_mwh", "independent sets", "written to"})
    CHECK(one.text.find(words) != std::string::npos);
}

TEST_CASE("an ensemble that came to be during a calibration is left alone and the runs are kept") {
  const ScratchFolder folder;
  write_study(folder, 405.0);
  const auto path = [&](const char* name) { return shell_word(folder.path() / name); };
  const std::string command = "calibrate " + path("study.json") + " --out " + path("fit.json");
  const auto refused =
      run_program("--version; \"" CHOKEPOINT_PROGRAM "\" " + command + " 2>&1 & pid=$!; " +
                  "for i in $(seq 600); do [ -s " + path("fit.runs.sqlite") +
                  " ] && break; sleep .05; done; echo kept > " + path("fit.json") + "; wait $pid; echo exit $?");
  CHECK(refused.text.find("fit.json: expected a name that is not taken, found a file") != std::string::npos);
  CHECK(refused.text.find("exit 2") != std::string::npos);
  CHECK(tests::file_text(folder.path() / "fit.json") == "kept\n");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "fit.sets.csv"));

  std::filesystem::remove(folder.path() / "fit.json");
  CHECK(run_program(command + " --resume").exit == 0);
  CHECK(std::filesystem::exists(folder.path() / "fit.sets.csv"));
}

TEST_CASE("facts that no set reaches are said with the nearest and nothing is written") {
  const ScratchFolder folder;
  write_study(folder, 4050.0);
  const std::string study = shell_word(folder.path() / "study.json"), out = shell_word(folder.path() / "fit.json");
  const auto outcome = run_program("calibrate " + study + " --out " + out);
  CHECK(outcome.exit == 1);
  CHECK(outcome.text.starts_with("no set fits: "));
  CHECK(outcome.text.find("energy_mwh: ") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "fit.json"));
}

TEST_CASE("an interrupted calibration says how to go on and then ends as if it had never been stopped") {
  const ScratchFolder folder;
  write_study(folder, 405.0);
  const auto path = [&](const char* name) { return shell_word(folder.path() / name); };
  const std::string command = "calibrate " + path("study.json") + " --out ";
  REQUIRE(run_program(command + path("whole.json")).exit == 0);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "whole.runs.sqlite"));

  // As soon as the store is there: before, between or after the first runs. A shell has its jobs ignore Ctrl-C.
  const std::string runs = path("fit.runs.sqlite");
  const auto stopped = run_program("--version; \"" CHOKEPOINT_PROGRAM "\" " + command + path("fit.json") +
                                   " --workers 1 2>&1 & pid=$!; " + "for i in $(seq 600); do [ -s " + runs +
                                   " ] && break; sleep .05; done; kill -TERM $pid; wait $pid; echo exit $?");
  CHECK(stopped.text.find("exit 130") != std::string::npos);
  CHECK(stopped.text.find(" runs are done and stand in ") != std::string::npos);
  CHECK(stopped.text.find(" --resume\n") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "fit.json"));

  const auto fresh = run_program(command + path("fit.json"));
  CHECK(fresh.exit == 2);
  CHECK(fresh.text.find("--resume goes on with a store that is there") != std::string::npos);
  write_study(folder, 406.0);
  const auto changed = run_program(command + path("fit.json") + " --resume");
  CHECK(changed.exit == 2);
  CHECK(changed.text.find("study /targets/1/value: expected 405.0, with which it was begun, found 406.0") !=
        std::string::npos);

  write_study(folder, 405.0);
  CHECK(run_program(command + path("fit.json") + " --resume").exit == 0);
  CHECK(tests::file_text(folder.path() / "fit.json") == tests::file_text(folder.path() / "whole.json"));
  CHECK(tests::file_text(folder.path() / "fit.sets.csv") == tests::file_text(folder.path() / "whole.sets.csv"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "fit.runs.sqlite"));
}

}  // namespace chokepoint::cli
