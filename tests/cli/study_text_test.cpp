#include "cli/study_text.hpp"

#include <doctest/doctest.h>

#include "analysis/study/study_text.hpp"

namespace chokepoint::cli {
namespace {

using tests::study_text;
using tests::StudyFolder;

const std::string parameters =
    R"({"name": "pue", "at": "/sites/0/pue", "from": 1.1, "to": 1.6, "steps": 2},
       {"name": "wait", "at": "/fleets/0/workload/mean_interval", "steps": 1,
        "distribution": {"kind": "log-normal", "median": "7 min", "log_sd": 0.3}},
       {"name": "scheduler", "at": "/fleets/0/scheduler", "choices": ["fifo", "sjf"]})";

TEST_CASE("the plan of a study says what is varied and shows its points and tells its time") {
  const analysis::Study study =
      StudyFolder().load(study_text(parameters, R"({"kind": "grid"})", R"("title": "Two", "replicates": 3, )"));
  const StudyPlan plan{.study = study,
                       .shown = 3,
                       .workers = 2,
                       .estimate = analysis::estimate_time(std::vector{0.5, 1.5}, {.runs = 12, .workers = 2})};
  CHECK(chokepoint::cli::study_text(plan) == R"(Two

parameter  values                               at
--------------------------------------------------------------------------------
pue        1.1 to 1.6, 2 steps                  /sites/0/pue
wait       log-normal, median 7 min, log sd     /fleets/0/workload/mean_interval
           0.3, 1 step
scheduler  fifo, sjf                            /fleets/0/scheduler

keeps energy_mwh
grid: 4 points, 3 runs each: 12 runs
2 trial runs took 1 s each (0.5 s to 1.5 s)
the study takes about 6 s with 2 workers (3 s to 9 s)

the first 3 of 4:
point  pue  wait min  scheduler
-------------------------------
    0  1.1         7  fifo
    1  1.1         7  sjf
    2  1.6         7  fifo
)");
}

TEST_CASE("the plan of a study is the same for programs") {
  const analysis::Study study = StudyFolder().load(study_text(parameters));
  const nlohmann::ordered_json json = study_json({.study = study, .shown = 1});
  CHECK(json["points"] == 4);
  CHECK(json["runs"] == 4);
  CHECK(json["seed"] == 5);
  CHECK(json["parameters"][0]["high"] == 1.6);
  CHECK(json["parameters"][1]["unit"] == "min");
  CHECK_FALSE(json["parameters"][1].contains("high"));
  CHECK(json["parameters"][2]["choices"] == nlohmann::ordered_json{"fifo", "sjf"});
  CHECK(json["first_points"] ==
        nlohmann::ordered_json::array({{{"point", 0}, {"pue", 1.1}, {"wait", 7.0}, {"scheduler", "fifo"}}}));
  CHECK_FALSE(json.contains("estimate"));
}

}  // namespace
}  // namespace chokepoint::cli
