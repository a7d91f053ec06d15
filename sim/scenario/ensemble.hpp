#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario_document.hpp"

namespace chokepoint::sim {

/// Sets of values for some places of a scenario that all fit the same facts: what is known of these places, and what is
/// not. A file, written by a calibration, that a scenario names under "ensemble".
struct Ensemble {
  struct Parameter {
    std::string name;
    /// JSON pointers, each of which takes the value.
    std::vector<std::string> at;
    /// Written behind the value, such as "CNY/kWh"; empty for plain numbers.
    std::string unit;
    /// The `name_on_way` of each pointer in the scenario that the sets were fitted in; no names where that is not
    /// known.
    std::vector<std::string> of;

    friend bool operator==(const Parameter&, const Parameter&) = default;
  };
  struct Set {
    /// In the order of the parameters, in their units.
    std::vector<double> values;
    /// Mean squared distance from the facts, in their tolerances.
    double misfit = 0.0;
    /// Against the others.
    double weight = 0.0;

    friend bool operator==(const Set&, const Set&) = default;
  };

  /// As messages name it.
  std::string file;
  std::vector<Parameter> parameters;
  /// The set of the least distance; it need not be one of `sets`.
  Set best;
  std::vector<Set> sets;

  /// Whether the other has the same values for the same places, with the same weights.
  [[nodiscard]] bool same_sets(const Ensemble& other) const {
    return parameters == other.parameters && sets == other.sets;
  }
};

/// The name of the innermost element of a list that a pointer leads through, such as that of a shock; empty where none
/// has one.
std::string name_on_way(const Json& root, const std::string& pointer);

/// Throws InputError with every fault.
Ensemble load_ensemble(const std::filesystem::path& path, const JsonLoader& load = load_json);

/// The ensemble that a scenario names, relative to the file that names it; none if it names none. Throws InputError.
std::optional<Ensemble> ensemble_of(const ScenarioDocument& document, const JsonLoader& load = load_json);

/// Puts the values of `set` into the scenario and takes its "ensemble" away. What was set on purpose keeps its value.
/// Throws InputError with every pointer of the ensemble that hits nothing, or what has another name than was fitted.
void apply(ScenarioDocument& document, const Ensemble& ensemble, const Ensemble::Set& set);

}  // namespace chokepoint::sim
