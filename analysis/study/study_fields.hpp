#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analysis/calibration/calibrate.hpp"
#include "analysis/study/distribution_fields.hpp"
#include "analysis/study/unit_number.hpp"
#include "sim/input/field_visitor.hpp"
#include "sim/input/json_document.hpp"

namespace chokepoint::analysis {

/// A value of any form, which is read from the file's own JSON.
struct AnyValue {};

/// A parameter as a study's file states it. One of `from` and `to`, `distribution`, `choices` and `files` is given;
/// none in a list, where the points say it.
struct ParameterFields {
  enum class Scale { linear, log };
  struct File {
    std::optional<std::string> label;
    std::string path;
  };

  std::string name;
  std::vector<std::string> at;
  std::optional<UnitNumber> from;
  std::optional<UnitNumber> to;
  std::optional<std::int64_t> steps;
  std::optional<Scale> scale;
  bool whole = false;
  std::optional<DistributionFields> distribution;
  std::optional<std::vector<AnyValue>> choices;
  std::optional<std::vector<File>> files;
};

struct OutcomeFields {
  std::string name;
  std::string figure;
};

struct GridFields {};
struct ListFields {
  std::vector<std::map<std::string, AnyValue>> points;
};
struct LatinHypercubeFields {
  std::int64_t points = 0;
};
struct SobolFields {
  std::int64_t points = 0;
};
struct SaltelliFields {
  std::int64_t base = 0;
  bool second_order = false;
};
struct MorrisFields {
  std::int64_t trajectories = 0;
  std::int64_t levels = 4;
};
using DesignFields =
    std::variant<GridFields, ListFields, LatinHypercubeFields, SobolFields, SaltelliFields, MorrisFields>;

/// Reported figures of a market as a study's file states them.
struct FactsFields {
  /// None: those that come with the program.
  std::optional<std::vector<std::string>> files;
  std::vector<std::string> without;
  double least_tolerance = 0.05;
};

/// A study as its file states it.
struct StudyFields {
  std::string name;
  std::string title;
  std::string description;
  std::optional<std::string> scenario;
  std::map<std::string, AnyValue> set;
  std::vector<ParameterFields> parameters;
  std::vector<OutcomeFields> outcomes;
  DesignFields design;
  std::int64_t replicates = 1;
  std::optional<std::int64_t> seed;
  std::vector<std::string> series;
  std::vector<Target> targets;
  std::optional<FactsFields> facts;
  CalibrationPlan calibration;
};

void visit(sim::FieldVisitor& v, StudyFields& study);

/// The JSON Schema of study files (draft 2020-12), made from the same description as the reader.
sim::Json study_schema();

}  // namespace chokepoint::analysis
