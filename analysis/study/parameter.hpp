#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analysis/study/distribution.hpp"
#include "sim/scenario/scenario_document.hpp"

namespace chokepoint::analysis {

/// Numbers that a parameter takes, in `unit`.
struct Numbers {
  Distribution distribution;
  /// As the study writes it after a number, such as "CNY/kWh"; empty for plain numbers.
  std::string unit;
  /// How many of them a grid takes; none where the study does not say.
  std::optional<std::int64_t> steps;
  /// Whole numbers only.
  bool whole = false;

  [[nodiscard]] double low() const { return quantile(distribution, 0.0); }
  [[nodiscard]] double high() const { return quantile(distribution, 1.0); }
};

/// One of the values that a parameter can take, known by its label.
struct Choice {
  std::string label;
  /// Place in the study's file, such as "/parameters/0/choices/1".
  std::string place;
  /// What is set; the content of a file where the study names one.
  sim::Json value;
  /// That paths in `value` are relative to.
  std::filesystem::path folder;
  /// Of a parameter whose choices are whole scenarios: this one, in place of `value`.
  std::optional<sim::ScenarioDocument> scenario = std::nullopt;
};

/// A number in the unit of its parameter, or the label of a choice.
using ParameterValue = std::variant<double, std::string>;

/// What a study varies: the values at one place of the scenario or at several at once.
struct Parameter {
  /// A name of a column of SQL and of an attribute of Python.
  std::string name;
  /// JSON pointers; none where the choices are whole scenarios.
  std::vector<std::string> at;
  std::variant<Numbers, std::vector<Choice>> values;
  /// Place in the study's file, such as "/parameters/0".
  std::string place;

  /// Null where it takes choices.
  [[nodiscard]] const Numbers* numbers() const { return std::get_if<Numbers>(&values); }
  /// Null where it takes numbers.
  [[nodiscard]] const std::vector<Choice>* choices() const { return std::get_if<std::vector<Choice>>(&values); }
  /// The label must be one of them.
  [[nodiscard]] const Choice& choice(const std::string& label) const;
};

/// The value below which the share `u` of the parameter's values lies, 0 <= u <= 1; choices are equally likely, in
/// their order. Numbers keep 12 significant digits, which is what a person can read.
ParameterValue value_at(const Parameter& parameter, double u);

/// How many values a grid takes: the choices, or the steps, which must be there.
std::uint64_t levels(const Parameter& parameter);

/// The value of a level from 0 on: for a range evenly from end to end, for other distributions the middles of `steps`
/// parts of equal probability.
ParameterValue level(const Parameter& parameter, std::uint64_t index);

/// What is set in the scenario: a plain number, a text with its unit, or the value of the choice.
sim::Json json_of(const Parameter& parameter, const ParameterValue& value);

/// For people: "0.3 CNY/kWh", or the label.
std::string text_of(const Parameter& parameter, const ParameterValue& value);

}  // namespace chokepoint::analysis
