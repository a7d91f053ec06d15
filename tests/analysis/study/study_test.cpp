#include "analysis/study/study.hpp"

#include <cmath>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "analysis/study/study_text.hpp"

namespace chokepoint::analysis {
namespace {

using tests::study_text;
using tests::StudyFolder;

const std::string pue = R"({"name": "pue", "at": "/sites/0/pue", "from": 1.1, "to": 1.6, "steps": 6})";
const std::string price =
    R"({"name": "price", "at": "/sites/0/tariff/price", "from": "0.3 CNY/kWh", "to": "1200 CNY/MWh", "steps": 3,
        "scale": "log"})";
const std::string nodes =
    R"({"name": "nodes", "at": "/fleets/0/nodes", "from": 32, "to": 64, "steps": 4, "whole": true})";
const std::string scheduler = R"({"name": "scheduler", "at": "/fleets/0/scheduler", "choices": ["fifo", "sjf"]})";

std::string text_at(const Study& study, std::uint64_t index) {
  std::string text;
  const Point point = point_at(study, index);
  for (std::size_t i = 0; i < point.values.size(); ++i)
    text += (i == 0 ? "" : ", ") + text_of(study.parameters[i], point.values[i]);
  return text;
}

TEST_CASE("a grid holds every combination once and its last parameter changes fastest") {
  const Study study = StudyFolder().load(study_text(pue + ',' + price + ',' + nodes + ',' + scheduler));
  CHECK(points(study) == 6 * 3 * 4 * 2);
  CHECK(text_at(study, 0) == "1.1, 0.3 CNY/kWh, 32, fifo");
  CHECK(text_at(study, 1) == "1.1, 0.3 CNY/kWh, 32, sjf");
  CHECK(text_at(study, 2) == "1.1, 0.3 CNY/kWh, 43, fifo");
  CHECK(text_at(study, 8) == "1.1, 0.6 CNY/kWh, 32, fifo");  // the middle of a range of logarithms
  CHECK(text_at(study, 24) == "1.2, 0.3 CNY/kWh, 32, fifo");
  CHECK(text_at(study, 143) == "1.6, 1.2 CNY/kWh, 64, sjf");
  std::set<std::string> seen;
  for (std::uint64_t i = 0; i < points(study); ++i) seen.insert(text_at(study, i));
  CHECK(seen.size() == points(study));
}

TEST_CASE("a point sets its values in the scenario") {
  const Study study = StudyFolder().load(
      study_text(pue + ',' + price + ',' + nodes + ',' + scheduler, R"({"kind": "grid"})",
                 R"("set": {"/sites/0/on_limit": "slow"}, "replicates": 3, "series": ["power_w"], )"));
  CHECK(study.replicates == 3);
  CHECK(study.seed == 5);
  const sim::Json scenario = document_at(study, point_at(study, 143)).root();
  CHECK(scenario["sites"][0]["pue"] == 1.6);
  CHECK(scenario["sites"][0]["tariff"]["price"] == "1.2 CNY/kWh");
  CHECK(scenario["sites"][0]["on_limit"] == "slow");
  CHECK(scenario["fleets"][0]["nodes"] == 64);
  CHECK(scenario["fleets"][0]["scheduler"] == "sjf");
  CHECK(scenario_at(study, point_at(study, 0)).fleets[0].nodes() == 32);
}

TEST_CASE("a parameter sets one value at several places") {
  const Study study = StudyFolder().load(study_text(
      R"({"name": "long", "at": ["/fleets/0/workload/mean_interval", "/fleets/0/workload/median_duration"],
          "from": "10 min", "to": "1 h", "steps": 2})"));
  CHECK(text_at(study, 1) == "60 min");
  const sim::Json scenario = document_at(study, point_at(study, 1)).root();
  CHECK(scenario["fleets"][0]["workload"]["mean_interval"] == "60 min");
  CHECK(scenario["fleets"][0]["workload"]["median_duration"] == "60 min");
}

TEST_CASE("choices are texts and flags and numbers and values under a label") {
  const Study study =
      StudyFolder().load(study_text(R"({"name": "tariff", "at": "/sites/0/tariff", "choices": ["hubei-2026-01-110kv",
        {"label": "none", "value": null}, {"label": "dear", "value": {"kind": "flat", "price": "2 CNY/kWh"}}]},
        {"name": "gpus", "at": "/fleets/0/workload/sizes/0/gpus", "choices": [8, 16]},
        {"name": "power", "at": "/fleets/0/power", "choices": [{"label": "as rated", "value": "rated"}]})"));
  CHECK(points(study) == 6);
  CHECK(text_at(study, 0) == "hubei-2026-01-110kv, 8, as rated");
  CHECK(text_at(study, 5) == "dear, 16, as rated");
  CHECK_FALSE(document_at(study, point_at(study, 2)).root()["sites"][0].contains("tariff"));
  CHECK(document_at(study, point_at(study, 5)).root()["sites"][0]["tariff"]["price"] == "2 CNY/kWh");
}

TEST_CASE("the content of a file is set where the parameter has a place and is the scenario where it has none") {
  StudyFolder folder;
  folder.with("tariffs/cheap.json", R"({"kind": "flat", "price": "0.1 CNY/kWh"})");
  folder.with("other/world.json", R"({"extends": "../base.json", "name": "other", "sites": [{"name": "t", "pue": 1.5,
                                      "tariff": {"kind": "flat", "price": "0.4 CNY/kWh"}}]})");
  const Study at_place = folder.load(study_text(
      R"({"name": "tariff", "at": "/sites/0/tariff", "files": [{"label": "low", "file": "tariffs/cheap.json"}]})"));
  CHECK(text_at(at_place, 0) == "low");
  CHECK(document_at(at_place, point_at(at_place, 0)).root()["sites"][0]["tariff"]["price"] == "0.1 CNY/kWh");

  const Study worlds = folder.load(R"({"name": "w", "outcomes": ["energy_mwh"], "design": {"kind": "grid"},
    "set": {"/series_step": "2 h"}, "parameters": [{"name": "world", "files": ["base.json", "other/world.json"]},
    {"name": "price", "at": "/sites/0/tariff/price", "from": "0.3 CNY/kWh", "to": "0.9 CNY/kWh", "steps": 2}]})");
  CHECK(points(worlds) == 4);
  CHECK(text_at(worlds, 3) == "world, 0.9 CNY/kWh");
  const sim::Json scenario = document_at(worlds, point_at(worlds, 3)).root();
  CHECK(scenario["sites"][0]["pue"] == 1.5);
  CHECK(scenario["sites"][0]["tariff"]["price"] == "0.9 CNY/kWh");
  CHECK(scenario["series_step"] == "2 h");
  CHECK(document_at(worlds, point_at(worlds, 0)).root()["name"] == "base");
}

TEST_CASE("a list runs the points that it states in their units") {
  const Study study =
      StudyFolder().load(study_text(pue + ',' + price + R"(, {"name": "wait", "at": "/fleets/0/workload/mean_interval"},
                              {"name": "scheduler", "at": "/fleets/0/scheduler"})",
                                    R"({"kind": "list", "points": [
           {"pue": 1.25, "price": "500 CNY/MWh", "wait": "5 min", "scheduler": "sjf"},
           {"scheduler": "fifo", "pue": 1.1, "price": "0.9 CNY/kWh", "wait": "1 h"}]})"));
  CHECK(points(study) == 2);
  CHECK(text_at(study, 0) == "1.25, 0.5 CNY/kWh, 5 min, sjf");
  CHECK(text_at(study, 1) == "1.1, 0.9 CNY/kWh, 60 min, fifo");
}

/// The values of all points of a study, a line each.
std::vector<std::string> all_points(const Study& study) {
  std::vector<std::string> lines;
  for (std::uint64_t i = 0; i < points(study); ++i) lines.push_back(text_at(study, i));
  return lines;
}

TEST_CASE("every kind of sample gives as many points as it says and the same in any order") {
  const std::string parameters =
      pue + ',' + nodes + ',' + scheduler + R"(, {"name": "wait", "at": "/fleets/0/workload/mean_interval",
        "distribution": {"kind": "log-normal", "median": "7 min", "log_sd": 0.3, "low": "1 min", "high": "0.5 h"}})";
  for (const auto& [design, count] : {std::pair{R"({"kind": "latin-hypercube", "points": 20})", 20},
                                      {R"({"kind": "sobol", "points": 32})", 32},
                                      {R"({"kind": "saltelli", "base": 8})", 8 * 6},
                                      {R"({"kind": "saltelli", "base": 8, "second_order": true})", 8 * 10},
                                      {R"({"kind": "morris", "trajectories": 10})", 10 * 5}}) {
    CAPTURE(design);
    const Study study = StudyFolder().load(study_text(parameters, design));
    const std::vector<std::string> lines = all_points(study);
    CHECK(lines.size() == static_cast<std::size_t>(count));
    for (std::size_t i = lines.size(); i-- > 0;) CHECK(text_at(study, i) == lines[i]);
    CHECK(all_points(StudyFolder().load(study_text(parameters, design))) == lines);
    CHECK(all_points(StudyFolder().load(study_text(parameters, design, R"("seed": 6, )"))) != lines);
    for (std::uint64_t i = 0; i < points(study); ++i) {
      const Point point = point_at(study, i);
      const double whole = std::get<double>(point.values[1]);
      CHECK((whole == std::round(whole) && whole >= 32 && whole <= 64));
      const double minutes = std::get<double>(point.values[3]);
      CHECK((minutes >= 1.0 && minutes <= 30.0));
      CHECK_NOTHROW(scenario_at(study, point));
    }
  }
}

TEST_CASE("a sample takes each whole number and each choice alike often") {
  const Study study = StudyFolder().load(
      study_text(R"({"name": "n", "at": "/fleets/0/nodes", "from": 61, "to": 64, "whole": true},)" + scheduler,
                 R"({"kind": "latin-hypercube", "points": 400})"));
  std::map<std::string, int> counts;
  for (std::uint64_t i = 0; i < points(study); ++i)
    for (std::size_t k = 0; k < 2; ++k) ++counts[text_of(study.parameters[k], point_at(study, i).values[k])];
  CHECK(counts ==
        std::map<std::string, int>{{"61", 100}, {"62", 100}, {"63", 100}, {"64", 100}, {"fifo", 200}, {"sjf", 200}});
}

TEST_CASE("a grid takes the middles of parts of equal probability of a distribution") {
  const Study study = StudyFolder().load(study_text(
      R"({"name": "wait", "at": "/fleets/0/workload/mean_interval", "steps": 2,
          "distribution": {"kind": "exponential", "mean": "10 min"}})"));
  // -10 ln(1 - 1/4) and -10 ln(1 - 3/4).
  CHECK(all_points(study) == std::vector<std::string>{"2.87682072452 min", "13.8629436112 min"});
}

}  // namespace
}  // namespace chokepoint::analysis
