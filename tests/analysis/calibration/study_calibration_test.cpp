#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "analysis/calibration/ensemble_file.hpp"
#include "analysis/calibration/study_evaluation.hpp"
#include "analysis/study/study_text.hpp"
#include "models/statistics/sorted_sample.hpp"
#include "sim/scenario/ensemble.hpp"

namespace chokepoint::analysis {
namespace {

using tests::StudyFolder;

// A load and its PUE for ten days: 240 h times the load, and that times the PUE.
const char* const site = R"({"name": "site", "start": "2024-01-01", "duration": "10 d",
  "sites": [{"name": "s", "it_load": "1 MW", "pue": 1.2}]})";

std::string study_with(const std::string& targets) {
  return R"({"name": "fit", "scenario": "site.json", "outcomes": ["energy_mwh", "it_energy_mwh"],
    "parameters": [{"name": "load", "at": "/sites/0/it_load", "from": "0.5 MW", "to": "2 MW", "steps": 2},
                   {"name": "pue", "at": "/sites/0/pue", "from": 1.1, "to": 1.6, "steps": 2}],
    "design": {"kind": "grid"}, "calibration": {"sets": 40, "wave": 60, "starts": 1, "search_sets": 20,
    "profile_points": 3, "profile_sets": 5}, "targets": )" +
         targets + "}";
}

const char* const consistent = R"([{"outcome": "it_energy_mwh", "value": 300, "tolerance": 6, "source": "a meter"},
                                   {"outcome": "energy_mwh", "low": 385, "high": 425}])";

StudyFolder folder() {
  return StudyFolder().with("site.json", site);
}

}  // namespace

TEST_CASE("a scenario of two known products is fitted through the pool and its ensemble read again") {
  // 300 MWh in 240 h are 1.25 MW +- 2 %; 405 +- 12.2 MWh over 300 are a PUE of 1.35 +- 3.6 %.
  const Study study = folder().load(study_with(consistent));
  check_calibration(study);
  StudyEvaluation evaluation(study, 2);
  const std::string version = evaluation.try_middle().version;
  const Calibration found = calibrate(
      2, study.targets, [&](auto places) { return evaluation(places); }, study.calibration);
  CHECK(evaluation.failed() == 0);
  const StudyCalibration calibration{.study = study, .found = found, .version = version};

  const auto json = ensemble_json(calibration);
  const sim::Ensemble ensemble =
      sim::load_ensemble("fit.json", [&](const auto&) { return sim::Json::parse(json.dump()); });
  REQUIRE(ensemble.sets.size() == 40);
  CHECK(ensemble.parameters[0].at == std::vector<std::string>{"/sites/0/it_load"});
  CHECK(ensemble.parameters[0].unit == "MW");
  CHECK(ensemble.parameters[0].of == std::vector<std::string>{"s"});
  CHECK(ensemble.best.values[0] == doctest::Approx(1.25).epsilon(0.01));
  CHECK(ensemble.best.values[1] == doctest::Approx(1.35).epsilon(0.01));
  std::vector<double> loads, pues, weights;
  for (const sim::Ensemble::Set& set : ensemble.sets) {
    loads.push_back(set.values[0]);
    pues.push_back(set.values[1]);
    weights.push_back(set.weight);
  }
  CHECK(models::SortedSample(loads, weights).quantile(0.5, models::QuantileOf::population) ==
        doctest::Approx(1.25).epsilon(0.015));
  CHECK(models::SortedSample(loads, weights).quantile(0.95, models::QuantileOf::population) -
            models::SortedSample(loads, weights).quantile(0.05, models::QuantileOf::population) ==
        doctest::Approx(3.29 * 0.02 * 1.25).epsilon(0.3));
  CHECK(models::SortedSample(pues, weights).quantile(0.95, models::QuantileOf::population) -
            models::SortedSample(pues, weights).quantile(0.05, models::QuantileOf::population) ==
        doctest::Approx(3.29 * std::hypot(0.02, 12.16 / 405.0) * 1.35).epsilon(0.3));

  const std::string csv = evaluations_csv(calibration);
  CHECK(csv.starts_with("stage,weight,load,pue,energy_mwh,it_energy_mwh,misfit,deviance,implausibility\nwave,"));
  CHECK(static_cast<std::size_t>(std::ranges::count(csv, '\n')) == found.evaluated.size() + 1);
}

TEST_CASE("what is wrong with targets is told all at once") {
  CHECK(
      folder().faults(study_with(R"([{"outcome": "energy_mwh", "value": 3, "tolerance": 0},
                                       {"outcome": "energy_mwh", "low": 8, "high": 5},
                                       {"outcome": "energy_mwh", "value": 3, "high": 5, "weight": -1},
                                       {"outcome": "energy_mwh", "value": 3, "tolerance": 1, "naive": {"last": [2, 1]}},
                                       {"value": 3, "tolerance": 1}])")) ==
      "study.json: /targets/0/tolerance: expected a number, above 0, found 0\n"
      "study.json: /targets/1: expected a \"low\" below the \"high\", found 8 and 5\n"
      "study.json: /targets/2: expected either the keys \"value\" and \"tolerance\" or the keys \"low\" and \"high\", "
      "found some of both\n"
      "study.json: /targets/2/weight: expected a number, above 0, found -1\n"
      "study.json: /targets/3/naive/last: expected two numbers, the lower one first, found 2, 1\n"
      "study.json: /targets/4: expected the key \"outcome\" (name of an outcome of the study), found none\n");
  CHECK(folder().faults(study_with(R"([{"outcome": "energy", "value": 3, "tolerance": 1}])")) ==
        "study.json: /targets/0/outcome: expected an outcome of the study, found \"energy\" (did you mean "
        "\"energy_mwh\"?)\n");
}

TEST_CASE("a study without targets or with choices cannot be calibrated") {
  const Study study = folder().load(R"({"name": "t", "scenario": "site.json", "outcomes": ["energy_mwh"],
    "parameters": [{"name": "pue", "at": "/sites/0/pue", "choices": [1.1, 1.2]}], "design": {"kind": "grid"}})");
  try {
    check_calibration(study);
    FAIL("no fault was found");
  } catch (const sim::InputError& error) {
    REQUIRE(error.faults().size() == 2);
    CHECK(error.faults()[0].text() ==
          "study.json: /: expected the key \"targets\" (what outcomes are known to be) or \"facts\" (what was reported "
          "of "
          "a market), found neither");
    CHECK(error.faults()[1].text() ==
          "study.json: /parameters/0: expected numbers, \"from\" one \"to\" another, to be searched, found choices");
  }
}

TEST_CASE("a figure that runs do not have is told before any set is run") {
  std::string text = study_with(consistent);
  text.replace(text.find("it_energy_mwh\"]"), 13, "it_enery_mwh");
  text.replace(text.find("it_energy_mwh"), 13, "it_enery_mwh");
  const Study study = folder().load(text);
  CHECK_THROWS_WITH_AS(StudyEvaluation(study, 1).try_middle(),
                       "study.json: /outcomes/1: expected a figure of the run that is a number, found \"it_enery_mwh\" "
                       "(did you mean \"it_energy_mwh\"?)",
                       sim::InputError);
}

}  // namespace chokepoint::analysis
