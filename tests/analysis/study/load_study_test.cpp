#include "analysis/study/load_study.hpp"

#include <doctest/doctest.h>

#include "analysis/study/study_text.hpp"

namespace chokepoint::analysis {
namespace {

using tests::study_text;
using tests::StudyFolder;

/// A parameter "a" with these keys.
std::string parameter(const std::string& keys) {
  return R"({"name": "a", )" + keys + "}";
}

void check_faults(const std::string& study, const std::string& lines) {
  CHECK(StudyFolder().faults(study) == lines);
}
void check_parameter(const std::string& keys, const std::string& lines) {
  check_faults(study_text(parameter(keys)), lines);
}

TEST_CASE("a pointer that hits nothing is told with what is near") {
  check_faults(study_text(R"({"name": "a", "at": "/site/0/pue", "from": 1.1, "to": 1.6, "steps": 2},
                             {"name": "b", "at": "/sites/1/pue", "from": 1.1, "to": 1.6, "steps": 2},
                             {"name": "c", "at": "sites", "choices": [1]})"),
               "study.json: /parameters/2/at: expected a JSON pointer, such as /sites/0/pue, found \"sites\"\n"
               "study.json: /parameters/0/at: expected a pointer to something in the scenario, found no key \"site\" "
               "(did you mean \"sites\"?)\n"
               "study.json: /parameters/1/at: expected an index from 0 to 0, or \"-\" to add one, found \"1\"\n");
  check_faults(study_text(R"({"name": "a", "at": "/site/0/pue", "from": 1.1, "to": 1.6, "steps": 2},
                             {"name": "b", "at": "/sites/1/pue", "from": 1.1, "to": 1.6, "steps": 2})"),
               "study.json: /parameters/0/at: expected a pointer to something in the scenario, found no key \"site\" "
               "(did you mean \"sites\"?)\n"
               "study.json: /parameters/1/at: expected an index from 0 to 0, or \"-\" to add one, found \"1\"\n");
  check_parameter(R"("at": "/sites/0/peu", "from": 1.1, "to": 1.6, "steps": 2)",
                  "study.json: /parameters/0/from (/sites/0/peu): expected a known key, found the unknown key \"peu\" "
                  "(did you mean \"pue\"?)\n"
                  "study.json: /parameters/0/to (/sites/0/peu): expected a known key, found the unknown key \"peu\" "
                  "(did you mean \"pue\"?)\n");
}

TEST_CASE("a range upside down or in two units or currencies is refused") {
  check_parameter(R"("at": "/sites/0/pue", "from": 1.6, "to": 1.1, "steps": 2)",
                  "study.json: /parameters/0/to: expected more than \"from\", which is 1.6, found 1.1\n");
  check_parameter(R"("at": "/sites/0/pue", "from": 1.1, "to": "1 h", "steps": 2)",
                  "study.json: /parameters/0/to: expected a plain number, as \"from\" is, found 1 h\n");
  check_parameter(
      R"("at": "/sites/0/tariff/price", "from": "0.3 CNY/kWh", "to": "0.9 USD/kWh", "steps": 2)",
      "study.json: /parameters/0/to: expected a number in CNY/kWh or a unit that it converts to, as \"from\" is, found "
      "0.9 USD/kWh\n");
  check_parameter(R"("at": "/sites/0/pue", "from": "1.1 parsec", "to": 1.2, "steps": 2)",
                  "study.json: /parameters/0/from: expected a number with its unit, such as \"0.3 CNY/kWh\", found "
                  "unknown unit \"parsec\" in \"1.1 parsec\"\n");
}

TEST_CASE("what a place does not take is refused at both ends and between them and for each choice") {
  check_parameter(R"("at": "/fleets/0/workload/mean_interval", "from": "1 MW", "to": "3 MW", "steps": 2)",
                  "study.json: /parameters/0/from (/fleets/0/workload/mean_interval): expected a duration, such as "
                  "\"30 d\", found \"1 MW\", which is a power, such as \"40 MW\"\n"
                  "study.json: /parameters/0/to (/fleets/0/workload/mean_interval): expected a duration, such as "
                  "\"30 d\", found \"3 MW\", which is a power, such as \"40 MW\"\n");
  check_parameter(R"("at": "/fleets/0/nodes", "from": 16, "to": 63, "steps": 4)",
                  "study.json: /parameters/0 (/fleets/0/nodes): expected a whole number, from 1 to 100000000, found "
                  "47.3333333333\n");
  check_parameter(
      R"("at": "/fleets/0/scheduler", "choices": ["fifo", "sfj"])",
      "study.json: /parameters/0/choices/1 (/fleets/0/scheduler): expected \"conservative\", \"easy\", "
      "\"fair-share\", \"fifo\", \"priority\", \"sjf\", \"srtf\" or \"tariff-aware\", found \"sfj\" (did you "
      "mean \"sjf\"?)\n");
  // What it does to another part of the scenario.
  check_parameter(R"("at": "/fleets/0/nodes", "from": 4, "to": 64, "steps": 2, "whole": true)",
                  "study.json: /parameters/0/from (base.json: /fleets/0/workload/sizes): expected jobs that the first "
                  "tenant's nodes can hold, found 64 GPUs\n");
}

TEST_CASE("a fault of the scenario itself or of what is set for all is told once and where it stands") {
  StudyFolder folder;
  folder.with("base.json", R"({"name": "b", "start": "2023-01-02", "duration": "2 d", "sites": [{"name": "s",
                               "pue": 0.5, "on_limit": "hold"}]})");
  const std::string step = parameter(R"("at": "/series_step", "choices": ["1 h", "2 h"])");
  CHECK(
      folder.faults(study_text(step, R"({"kind": "grid"})", R"("set": {"/sites/0/on_limit": "sloow"}, )")) ==
      "base.json: /sites/0/pue: expected a number, from 1 to 10, found 0.5\n"
      "study.json: /set (/sites/0/on_limit): expected \"hold\", \"slow\" or \"suspend\", found \"sloow\" (did you mean "
      "\"slow\"?)\n");
  CHECK(folder.faults(study_text(step, R"({"kind": "grid"})", R"("set": {"/sites/3/on_limit": "slow"}, )")) ==
        "study.json: /set/~1sites~13~1on_limit: expected an index from 0 to 0, or \"-\" to add one, found \"3\"\n");
  // A base that only the parameters make whole is none.
  CHECK(folder.faults(study_text(parameter(R"("at": "/sites/0/pue", "choices": [1.1, 0.9])") + ", " +
                                 R"({"name": "b", "at": "/series_step", "choices": ["1 h"]})")) ==
        "study.json: /parameters/0/choices/1 (/sites/0/pue): expected a number, from 1 to 10, found 0.9\n");
}

TEST_CASE("what is wrong in one part hides nothing in another") {
  check_faults(
      study_text(R"({"name": "form", "at": "/fleets/0/node", "from": [], "to": 1},
                    {"name": "upside", "at": "/site/0/pue", "from": 1.6, "to": 1.1},
                    {"name": "unit", "at": "/fleets/0/workload/mean_interval", "from": "1 MW", "to": "3 MW"},
                    {"name": "policy", "at": "/fleets/0/scheduler", "choices": ["fifo", "sfj"]})",
                 R"({"kind": "sobol", "points": 0})", R"("replicates": 0, "set": {"": 1}, )"),
      "study.json: /parameters/0/from: expected a number or a text, found an empty list\n"
      "study.json: /design/points: expected a whole number, from 1 to 1000000000, found 0\n"
      "study.json: /replicates: expected a whole number, from 1 to 1000000, found 0\n"
      "study.json: /set/: expected a JSON pointer, such as /sites/0/pue, found \"\"\n"
      "study.json: /parameters/1/to: expected more than \"from\", which is 1.6, found 1.1\n"
      "study.json: /parameters/1/at: expected a pointer to something in the scenario, found no key \"site\" (did you "
      "mean \"sites\"?)\n"
      "study.json: /parameters/2/from (/fleets/0/workload/mean_interval): expected a duration, such as \"30 d\", found "
      "\"1 MW\", which is a power, such as \"40 MW\"\n"
      "study.json: /parameters/2/to (/fleets/0/workload/mean_interval): expected a duration, such as \"30 d\", found "
      "\"3 MW\", which is a power, such as \"40 MW\"\n"
      "study.json: /parameters/3/choices/1 (/fleets/0/scheduler): expected \"conservative\", \"easy\", \"fair-share\", "
      "\"fifo\", \"priority\", \"sjf\", \"srtf\" or \"tariff-aware\", found \"sfj\" (did you mean \"sjf\"?)\n");
  // Points of a list that is at fault are not tried, and what they are for is.
  check_faults(study_text(R"({"name": "pue", "at": "/site/0/pue"}, {"name": "b", "at": "/sites/0/on_limit",
                              "choices": ["slow", "stop"]})",
                          R"({"kind": "list", "points": [{"pue": 1.2, "b": "slow"}, {"pue": "1 h", "b": "slow"}]})"),
               "study.json: /design/points/1/pue: expected a plain number, found 1 h\n"
               "study.json: /parameters/0/at: expected a pointer to something in the scenario, found no key \"site\" "
               "(did you mean \"sites\"?)\n"
               "study.json: /parameters/1/choices/1 (/sites/0/on_limit): expected \"hold\", \"slow\" or \"suspend\", "
               "found \"stop\"\n");
}

TEST_CASE("a base is not blamed for what a parameter at fault would mend") {
  StudyFolder folder;
  folder.with("base.json", R"({"name": "b", "start": "2023-01-02", "duration": "2 d", "exchange_rates": 3,
                               "sites": [{"name": "s", "pue": 0.5}]})");
  const std::string rates = "base.json: /exchange_rates: expected an object of names and values, found 3\n";
  CHECK(folder.faults(study_text(parameter(R"("at": "/sites/0/pue", "from": 1.6, "to": 1.1, "steps": 2)"))) ==
        "study.json: /parameters/0/to: expected more than \"from\", which is 1.6, found 1.1\n" + rates);
  CHECK(folder.faults(study_text(parameter(R"("at": "/sites/0/pue", "from": 1.1, "to": 1.6, "steps": 2)"))) == rates);
  CHECK(folder.faults(study_text(parameter(R"("at": "/series_step", "choices": ["1 h"], "steps": 2)"))) ==
        "study.json: /parameters/0/steps: expected numbers beside it (\"from\" and \"to\", or a distribution), found "
        "none\n" +
            rates + "base.json: /sites/0/pue: expected a number, from 1 to 10, found 0.5\n");
}

TEST_CASE("names are columns of SQL and attributes of Python") {
  const auto named = [](const std::string& name) {
    return StudyFolder().faults(study_text(R"({"name": ")" + name + R"(", "at": "/sites/0/pue", "choices": [1.1]})"));
  };
  CHECK(named("pue_2") == "");
  CHECK(named("2pue") ==
        "study.json: /parameters/0/name: expected a name of letters, digits and underscores that begins with a letter, "
        "found \"2pue\"\n");
  CHECK(named("a-b") != "");
  CHECK(named("Status") ==
        "study.json: /parameters/0/name: expected a name that is no column of every store, found \"Status\"\n");
  CHECK(named("lambda") ==
        "study.json: /parameters/0/name: expected a name that is no word of Python's own, found \"lambda\"\n");
  CHECK(named("Energy_MWh") ==
        "study.json: /outcomes/0: expected parameters and outcomes of different names, found \"energy_mwh\" a second "
        "time\n");
}

TEST_CASE("two parameters do not set the same place or one within another") {
  check_faults(
      study_text(R"({"name": "a", "at": "/sites/0/tariff/price", "choices": ["1 CNY/kWh"]},
                             {"name": "b", "at": "/sites/0/tariff", "choices": ["hubei-2026-01-110kv"]},
                             {"name": "c", "at": "/sites/0/on_limit", "choices": ["slow"]})",
                 R"({"kind": "grid"})", R"("set": {"/sites/0/on_limit": "slow"}, )"),
      "study.json: /parameters/1/at: expected a place that nothing else sets, found /sites/0/tariff, which \"a\" "
      "sets (by /sites/0/tariff/price)\n"
      "study.json: /parameters/2/at: expected a place that nothing else sets, found /sites/0/on_limit, which "
      "\"set\" sets\n");
}

TEST_CASE("a parameter takes its values from one source and a grid needs its steps") {
  check_parameter(R"("at": "/sites/0/pue")",
                  "study.json: /parameters/0: expected one of \"from\" and \"to\", \"distribution\", \"choices\" or "
                  "\"files\", found none\n");
  check_parameter(R"("at": "/sites/0/pue", "from": 1.1, "choices": [1.2])",
                  "study.json: /parameters/0: expected one of \"from\" and \"to\", \"distribution\", \"choices\" or "
                  "\"files\", found several\n");
  check_parameter(R"("at": "/sites/0/pue", "from": 1.1)",
                  "study.json: /parameters/0: expected both \"from\" and \"to\", found \"from\" alone\n");
  check_parameter(R"("from": 1.1, "to": 1.2)",
                  "study.json: /parameters/0: expected the key \"at\" (JSON pointer into the scenario), found none\n");
  check_parameter(
      R"("at": "/sites/0/pue", "from": 1.1, "to": 1.2)",
      "study.json: /parameters/0: expected the key \"steps\" (how many numbers the grid takes), found none\n");
  check_parameter(R"("at": "/sites/0/pue", "choices": [1.1], "steps": 3)",
                  "study.json: /parameters/0/steps: expected numbers beside it (\"from\" and \"to\", or a "
                  "distribution), found none\n");
  check_parameter(R"("at": "/fleets/0/nodes", "from": 60, "to": 64, "steps": 6, "whole": true)",
                  "study.json: /parameters/0/steps: expected no more steps than there are whole numbers, found 6\n");
  check_parameter(R"("at": "/fleets/0/nodes", "from": 0, "to": 64, "steps": 6, "scale": "log")",
                  "study.json: /parameters/0/from: expected a number above 0, since the scale is log, found 0\n");
}

TEST_CASE("a distribution has its numbers in one unit and leaves something between its cuts") {
  const auto check = [](const std::string& distribution, const std::string& line) {
    check_faults(study_text(parameter(R"("at": "/fleets/0/workload/mean_interval", "distribution": )" + distribution),
                            R"({"kind": "sobol", "points": 4})"),
                 line);
  };
  check(R"({"kind": "log-normal", "median": "7 min", "log_sd": 0.3})", "");
  check(R"({"kind": "normal", "mean": "1 h", "sd": "5 kW"})",
        "study.json: /parameters/0/distribution/sd: expected a number that converts to h, found 5 kW\n");
  check(R"({"kind": "normal", "mean": "1 h", "sd": "0 h"})",
        "study.json: /parameters/0/distribution/sd: expected a number above 0, found 0 h\n");
  check(R"({"kind": "uniform", "low": "2 h", "high": "100 min"})",
        "study.json: /parameters/0/distribution/high: expected more than \"low\", which is 2 h, found 100 min\n");
  check(R"({"kind": "triangular", "low": "2 h", "high": "5 h", "mode": "6 h"})",
        "study.json: /parameters/0/distribution/mode: expected a number from \"low\" to \"high\", found 6 h\n");
  check(R"({"kind": "exponential", "mean": "1 min", "low": "1 d"})",
        "study.json: /parameters/0/distribution: expected some of the distribution between \"low\" and \"high\", found "
        "none of it\n");
  check(
      R"({"kind": "log-norml", "median": "7 min"})",
      "study.json: /parameters/0/distribution/kind: expected \"uniform\", \"log-uniform\", \"normal\", \"log-normal\", "
      "\"triangular\", \"exponential\", \"weibull\" or \"beta\", found \"log-norml\" (did you mean \"log-normal\"?)\n");
  check(R"({"kind": "normal", "mean": "1 kW", "sd": "0.1 kW"})",
        "study.json: /parameters/0/distribution (/fleets/0/workload/mean_interval): expected a duration, such as "
        "\"30 d\", found \"0.690976769383 kW\", which is a power, such as \"40 MW\"\n"
        "study.json: /parameters/0/distribution (/fleets/0/workload/mean_interval): expected a duration, such as "
        "\"30 d\", found \"1.30902323062 kW\", which is a power, such as \"40 MW\"\n");
}

TEST_CASE("a design is not empty and a Morris design has ordered values between two ends") {
  const std::string wait = R"("at": "/fleets/0/workload/mean_interval", "distribution": {"kind": "exponential",
                              "mean": "10 min"})";
  check_faults(study_text(parameter(wait), R"({"kind": "sobol", "points": 0})"),
               "study.json: /design/points: expected a whole number, from 1 to 1000000000, found 0\n");
  check_faults(study_text(parameter(wait), R"({"kind": "morris", "trajectories": 5, "levels": 5})"),
               "study.json: /design/levels: expected an even number, found 5\n");
  check_faults(
      study_text(parameter(wait) + R"(, {"name": "b", "at": "/fleets/0/scheduler", "choices": ["fifo", "sjf",
                                                  "easy"]})",
                 R"({"kind": "morris", "trajectories": 5})"),
      "study.json: /parameters/0/distribution: expected \"low\" and \"high\" beside it, the ends of the steps of "
      "a Morris design, found an open end\n"
      "study.json: /parameters/1: expected numbers or two choices, since steps of a Morris design need an "
      "order, found 3 choices\n");
  check_faults(study_text(parameter(wait), R"({"kind": "saltelli", "base": 1000000000})"),
               "study.json: /design: expected at most 1000000000 points, found 1000000000 times 3\n");
}

TEST_CASE("points of a list name each parameter of the study and no other") {
  check_faults(
      study_text(R"({"name": "pue", "at": "/sites/0/pue", "from": 1.1, "to": 1.6},
                    {"name": "price", "at": "/sites/0/tariff/price"},
                    {"name": "scheduler", "at": "/fleets/0/scheduler", "choices": ["fifo", "sjf"]})",
                 R"({"kind": "list", "points": [{"pue": 1.2, "prise": "1 CNY/kWh", "scheduler": "fifo"},
                     {"pue": 1.7, "price": "0.4 CNY/kWh", "scheduler": "sfj"},
                     {"pue": "1 h", "price": "0.4 USD/kWh", "scheduler": "sjf"}]})"),
      "study.json: /design/points/0/prise: expected a parameter of the study, found \"prise\" (did you mean "
      "\"price\"?)\n"
      "study.json: /design/points/0: expected a value for \"price\", found none\n"
      "study.json: /design/points/1/pue: expected a number from 1.1 to 1.6, found 1.7\n"
      "study.json: /design/points/1/scheduler: expected a choice of the parameter \"scheduler\", found \"sfj\" (did "
      "you "
      "mean \"sjf\"?)\n"
      "study.json: /design/points/2/pue: expected a plain number, found 1 h\n"
      "study.json: /design/points/2/price: expected a number in CNY/kWh or a unit that it converts to, found 0.4 "
      "USD/kWh\n");
  check_faults(study_text(parameter(R"("at": "/sites/0/pue")"), R"({"kind": "list", "points": []})"),
               "study.json: /design/points: expected a list of at least 1, found an empty list\n");
  check_faults(
      study_text(parameter(R"("at": "/sites/0/pue")"), R"({"kind": "list", "points": [{"a": 1.2}, {"a": 0.2}]})"),
      "study.json: /design/points/1/a (/sites/0/pue): expected a number, from 1 to 10, found 0.2\n");
}

TEST_CASE("a study has a scenario by its name or by a parameter") {
  CHECK(StudyFolder().faults(R"({"name": "w", "outcomes": ["energy_mwh"], "design": {"kind": "grid"},
          "parameters": [{"name": "a", "at": "/sites/0/pue", "choices": [1.2]}]})") ==
        "study.json: /: expected the key \"scenario\", or a parameter of \"files\" without \"at\", found neither\n");
  check_faults(study_text(R"({"name": "a", "files": ["base.json"]})"),
               "study.json: /scenario: expected none, since the files of \"a\" are scenarios, found \"base.json\" "
               "(\"at\" missing at the parameter?)\n");
  check_faults(study_text(R"({"name": "a", "at": "/sites/0/tariff", "files": ["gone.json", "base.json"]})"),
               "gone.json: expected a file, found none\n");
}

}  // namespace
}  // namespace chokepoint::analysis
