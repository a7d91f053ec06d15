#pragma once

#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include "analysis/calibration/calibrate.hpp"
#include "analysis/study/study.hpp"

namespace chokepoint::analysis {

/// A calibration of a study.
struct StudyCalibration {
  const Study& study;
  const Calibration& found;
  /// Of the program that ran it.
  std::string version;
};

/// What cli/README.md describes: how it was made, parameters, outcomes, targets with their judgement, profiles, the
/// best set and the members. sim::load_ensemble reads it.
nlohmann::ordered_json ensemble_json(const StudyCalibration& calibration);

/// Every set that was run as CSV: what for, its weight in the ensemble, parameters, each outcome by replicate, misfit,
/// deviance, implausibility.
std::string evaluations_csv(const StudyCalibration& calibration);

/// Throws InputError where `file`, or what write_ensemble writes beside it, is there already.
void expect_new_ensemble(const std::filesystem::path& file);

/// Writes the ensemble to `file` and all sets beside it to the same name with ".sets.csv", both or none. Throws
/// InputError if that cannot be done, or if one of them is there already.
void write_ensemble(const StudyCalibration& calibration, const std::filesystem::path& file);

}  // namespace chokepoint::analysis
