#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace chokepoint::cli {
namespace {

using tests::run_program;
using tests::ScratchFolder;
using tests::shell_word;

/// A study of six points of a small cluster.
class Files {
 public:
  explicit Files(int replicates = 2) {
    (void)folder_.write("site.json", R"({"name": "site", "start": "2023-01-01", "duration": "1 d", "currency": "CNY",
      "sites": [{"name": "s", "tariff": "yangquan-flat"}], "fleets": [{"name": "f", "server": "dgx-a100-80gb",
      "nodes": 8, "server_price": "1 CNY", "workload": {"kind": "synthetic", "mean_interval": "10 min", "median_duration": "1 h"}}]})");
    study_ = folder_.write("study.json", R"({"name": "small", "scenario": "site.json", "parameters": [
      {"name": "pue", "at": "/sites/0/pue", "from": 1, "to": 2, "steps": 3},
      {"name": "policy", "at": "/fleets/0/scheduler", "choices": ["fifo", "sjf"]}],
      "outcomes": [{"name": "energy", "figure": "energy_mwh"}, "wait_mean_s"], "design": {"kind": "grid"},
      "replicates": )" + std::to_string(replicates) +
                                             "}");
  }

  [[nodiscard]] std::string study() const { return shell_word(study_); }
  [[nodiscard]] std::string path(const std::string& name) const { return shell_word(folder_.path() / name); }
  [[nodiscard]] std::string rows(const std::string& name) const {
    // Without wall time, memory and message.
    const auto outcome = run_program("export " + path(name) + " | cut -d, -f1-4,8-");
    return outcome.text;
  }
  [[nodiscard]] bool has(const std::string& name) const { return std::filesystem::exists(folder_.path() / name); }

 private:
  ScratchFolder folder_;
  std::string study_;
};

}  // namespace

TEST_CASE("a sweep shows its runs and the mean outcomes of two parameters") {
  const Files files;
  const auto outcome = run_program("sweep " + files.study() + " --out " + files.path("a.sqlite"));
  CHECK(outcome.exit == 0);
  CHECK(outcome.text.starts_with("small: 6 points x 2 replicates\n\nruns  number\n------------\ndone      12\n"));
  CHECK(outcome.text.find("mean energy (MWh)\npue \\ policy") != std::string::npos);
  CHECK(outcome.text.find("mean wait_mean_s") != std::string::npos);
  CHECK(outcome.text.find("12 runs in ") != std::string::npos);
}

TEST_CASE("a dry run shows the points and an estimate and keeps nothing") {
  const Files files;
  const auto outcome = run_program("sweep " + files.study() + " --dry-run --out " + files.path("a.sqlite"));
  CHECK(outcome.exit == 0);
  CHECK(outcome.text.find("6 points") != std::string::npos);
  CHECK(outcome.text.find("trial runs") != std::string::npos);
  CHECK_FALSE(files.has("a.sqlite"));
  const auto json = nlohmann::json::parse(run_program("sweep " + files.study() + " --dry-run --format json").text);
  CHECK(json["runs"] == 12);
  CHECK(json["first_points"].size() == 6);
  CHECK(json["estimate"].is_object());
}

TEST_CASE("shards that are merged give the table of the whole study") {
  const Files files;
  CHECK(run_program("sweep " + files.study() + " --out " + files.path("whole.sqlite")).exit == 0);
  std::string parts;
  for (const std::string shard : {"1", "2", "3"}) {
    const std::string part = files.path(shard + ".sqlite");
    const auto outcome = run_program("sweep " + files.study() + " --shard " + shard + "/3 --format json --out " + part);
    REQUIRE(outcome.exit == 0);
    CHECK(nlohmann::json::parse(outcome.text)["done"] == 4);
    parts += ' ' + part;
  }
  const auto merged = run_program("merge " + files.path("merged.sqlite") + parts + " --format json");
  REQUIRE(merged.exit == 0);
  const auto json = nlohmann::json::parse(merged.text);
  CHECK(json["runs"] == 12);
  CHECK(json["done"] == 12);
  CHECK(json["missing"] == 0);
  CHECK(files.rows("merged.sqlite") == files.rows("whole.sqlite"));
  CHECK(run_program("export " + files.path("merged.sqlite") + " -o " + files.path("a.csv")).text.empty());
  CHECK(files.has("a.csv"));
}

TEST_CASE("an interrupted sweep says how to go on and then ends as if it had never been stopped") {
  const Files files(10);
  CHECK(run_program("sweep " + files.study() + " --out " + files.path("whole.sqlite")).exit == 0);
  // Interrupted as soon as the store is there: before, between or after the first runs.
  const std::string out = files.path("a.sqlite");
  const auto stopped = run_program("--version; \"" CHOKEPOINT_PROGRAM "\" sweep " + files.study() +
                                   " --workers 1 --out " + out + " 2>&1 & pid=$!; for i in $(seq 600); do [ -s " + out +
                                   " ] && break; sleep .05; done; kill -TERM $pid; wait $pid; echo exit $?");
  CHECK(stopped.text.find("exit 130") != std::string::npos);
  CHECK(stopped.text.find("interrupted: ") != std::string::npos);
  CHECK(stopped.text.find(" of 60 runs are done and stand in ") != std::string::npos);
  CHECK(stopped.text.find(" --resume\n") != std::string::npos);
  CHECK(run_program("sweep " + files.study() + " --resume --out " + out).exit == 0);
  CHECK(files.rows("a.sqlite") == files.rows("whole.sqlite"));
  const auto again = run_program("sweep " + files.study() + " --resume --format json --out " + out);
  CHECK(nlohmann::json::parse(again.text)["ended"] == 0);
}

}  // namespace chokepoint::cli
