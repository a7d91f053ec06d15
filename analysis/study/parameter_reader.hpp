#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analysis/study/parameter.hpp"
#include "analysis/study/study_faults.hpp"
#include "analysis/study/study_fields.hpp"
#include "sim/scenario/scenario_document.hpp"

namespace chokepoint::analysis {

/// Turns parameters as a file states them into those that a study varies, and gathers what is wrong with them.
class ParameterReader {
 public:
  struct Context {
    /// That paths in the study are relative to.
    std::filesystem::path folder;
    sim::JsonLoader load;
  };

  ParameterReader(Context context, StudyFaults& faults) : context_(std::move(context)), faults_(faults) {}

  /// `json` is the parameter's own part of the file and `place` its pointer. None where faults were added.
  std::optional<Parameter> read(const ParameterFields& fields, const sim::Json& json, const std::string& place);

  /// A parameter that states no values but takes those of a list's points, `listed`: numbers where all are, in the
  /// unit of the first, else choices.
  std::optional<Parameter> read_listed(const ParameterFields& fields, const std::vector<sim::Json>& listed,
                                       const std::string& place);

  /// The parameter's value that a point of a list states. None where a fault was added at `place`.
  std::optional<ParameterValue> read_value(const Parameter& parameter, const sim::Json& json, const std::string& place);

 private:
  /// A text, number or flag by itself, or any value under a label.
  [[nodiscard]] Choice read_choice(const sim::Json& json, const std::string& place) const;
  std::optional<Numbers> read_range(const ParameterFields& fields, const std::string& place);
  bool check_steps(const Parameter& parameter);
  std::vector<Choice> read_files(const ParameterFields& fields, const std::string& place);
  void check_labels(const std::vector<Choice>& choices);

  Context context_;
  StudyFaults& faults_;
};

}  // namespace chokepoint::analysis
