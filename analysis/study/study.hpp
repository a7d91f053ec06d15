#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/calibration/calibrate.hpp"
#include "analysis/facts/market_fact.hpp"
#include "analysis/study/design/design.hpp"
#include "analysis/study/parameter.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/scenario_document.hpp"

namespace chokepoint::analysis {

/// What a study keeps of a run: a key figure under a name of the study's own.
struct StudyOutcome {
  std::string name;
  /// Key of the record's figure, such as "energy_mwh".
  std::string figure;
};

/// Reported figures of a market to which a study is fitted.
struct StudyFacts {
  /// Of all its files.
  std::vector<MarketFact> known;
  /// Ids of those that are no targets here.
  std::vector<std::string> without;
  /// The least standard deviation of a fact's logarithm.
  double least_tolerance = 0.05;
  /// The facts that are the last of the outcomes and targets: with_fact_targets puts them there.
  std::vector<MarketFact> fitted = {};
};

/// Many runs of one scenario: what is varied, how, how often, and what is kept. Already valid: each parameter hits a
/// place of the scenario and fits there, one parameter at a time.
struct Study {
  /// Path as it was given; messages name it.
  std::string file;
  std::string name;
  std::string title;
  std::string description;
  /// With what the study sets for all points. Of a parameter whose choices are whole scenarios: the first of them.
  sim::ScenarioDocument base;
  std::vector<Parameter> parameters;
  std::vector<StudyOutcome> outcomes;
  std::shared_ptr<const Design> design;
  std::int64_t replicates = 1;
  /// Of the runs and of what the design draws.
  std::uint64_t seed = 1;
  /// Columns of the record's table "series" that are kept, by name.
  std::vector<std::string> series;
  /// What outcomes are known to be, and how parameters are fitted to that.
  std::vector<Target> targets = {};
  std::optional<StudyFacts> facts = {};
  CalibrationPlan calibration = {};
  /// The file's content.
  sim::Json json;
};

/// One set of values of all parameters, in their order.
struct Point {
  std::uint64_t index = 0;
  std::vector<ParameterValue> values;
};

/// How many points the design has.
std::uint64_t points(const Study& study);

/// The point of an index below points(study), in any order and at a cost that does not grow with the index.
Point point_at(const Study& study, std::uint64_t index);

/// What a value of a parameter sets in the scenario.
std::vector<sim::Setting> settings_of(const Study& study, const Parameter& parameter, const ParameterValue& value);

/// The scenario's file with all that is set.
sim::ScenarioDocument document_at(const Study& study, const Point& point);

/// Throws InputError where the values do not fit one another.
sim::Scenario scenario_at(const Study& study, const Point& point);

}  // namespace chokepoint::analysis
