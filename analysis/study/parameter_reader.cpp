#include "analysis/study/parameter_reader.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "sim/input/near_name.hpp"

namespace chokepoint::analysis {
namespace {

std::string unit_words(const std::string& unit) {
  return unit.empty() ? "a plain number" : "a number in " + unit + " or a unit that it converts to";
}

/// A number or a text with a number; a flag is neither.
std::variant<UnitNumber, models::UnitTextFault> read_number(const sim::Json& json) {
  if (json.is_number()) return UnitNumber{.value = json.get<double>(), .unit = {}};
  if (json.is_string()) return read_unit_number(json.get_ref<const std::string&>());
  return models::UnitTextFault{json.dump()};
}

/// Whether a grid of whole numbers would take one of them twice.
bool repeats(const Parameter& parameter) {
  for (std::uint64_t i = 1; i < levels(parameter); ++i)
    if (level(parameter, i) == level(parameter, i - 1)) return true;
  return false;
}

std::vector<std::string> labels_of(const std::vector<Choice>& choices) {
  std::vector<std::string> labels;
  for (const Choice& choice : choices) labels.push_back(choice.label);
  return labels;
}

}  // namespace

std::optional<Parameter> ParameterReader::read(const ParameterFields& fields, const sim::Json& json,
                                               const std::string& place) {
  Parameter parameter{.name = fields.name, .at = fields.at, .values = Numbers{}, .place = place};
  const bool range = fields.from || fields.to;
  const int sources = int{range} + int{fields.distribution.has_value()} + int{fields.choices.has_value()} +
                      int{fields.files.has_value()};
  if (sources != 1) {
    faults_.refuse(place, "one of \"from\" and \"to\", \"distribution\", \"choices\" or \"files\"",
                   sources == 0 ? "none" : "several");
    return std::nullopt;
  }
  if (fields.at.empty() && !fields.files) {
    faults_.refuse(place, "the key \"at\" (JSON pointer into the scenario)", "none");
    return std::nullopt;
  }
  if (fields.scale && !range) faults_.refuse(place + "/scale", "a range beside it (\"from\" and \"to\")", "none");
  if (range || fields.distribution) {
    auto numbers =
        range ? read_range(fields, place) : read_distribution(*fields.distribution, place + "/distribution", faults_);
    if (!numbers) return std::nullopt;
    numbers->steps = fields.steps;
    numbers->whole = fields.whole;
    parameter.values = *std::move(numbers);
    return check_steps(parameter) ? std::optional(std::move(parameter)) : std::nullopt;
  }
  for (const auto& [key, given] : {std::pair{"steps", fields.steps.has_value()}, {"whole", fields.whole}})
    if (given) faults_.refuse(place + '/' + key, "numbers beside it (\"from\" and \"to\", or a distribution)", "none");
  std::vector<Choice> choices;
  if (fields.files) {
    choices = read_files(fields, place);
    if (choices.size() != fields.files->size()) return std::nullopt;
  } else {
    for (const sim::Json& choice : json.at("choices"))
      choices.push_back(read_choice(choice, fmt::format("{}/choices/{}", place, choices.size())));
  }
  check_labels(choices);
  parameter.values = std::move(choices);
  return parameter;
}

std::optional<Parameter> ParameterReader::read_listed(const ParameterFields& fields,
                                                      const std::vector<sim::Json>& listed, const std::string& place) {
  if (fields.at.empty()) {
    faults_.refuse(place, "the key \"at\" (JSON pointer into the scenario)", "none");
    return std::nullopt;
  }
  Parameter parameter{.name = fields.name, .at = fields.at, .values = {}, .place = place};
  std::vector<UnitNumber> numbers;
  for (const sim::Json& value : listed) {
    auto read = read_number(value);
    if (auto* number = std::get_if<UnitNumber>(&read)) numbers.push_back(std::move(*number));
  }
  if (!listed.empty() && numbers.size() == listed.size()) {
    const std::string unit = numbers.front().unit;
    Uniform range{.low = numbers.front().value, .high = numbers.front().value};
    for (const UnitNumber& number : numbers) {
      const double value = value_in(number, unit).value_or(range.low);
      range = {.low = std::min(range.low, value), .high = std::max(range.high, value)};
    }
    parameter.values =
        Numbers{.distribution = {.shape = range}, .unit = unit, .steps = std::nullopt, .whole = fields.whole};
    return parameter;
  }
  std::vector<Choice> choices;
  for (const sim::Json& value : listed) {
    Choice choice = read_choice(value, place);
    if (std::ranges::find(choices, choice.label, &Choice::label) == choices.end()) choices.push_back(std::move(choice));
  }
  parameter.values = std::move(choices);
  return parameter;
}

std::optional<Numbers> ParameterReader::read_range(const ParameterFields& fields, const std::string& place) {
  if (!fields.from || !fields.to) {
    faults_.refuse(place, "both \"from\" and \"to\"", fields.from ? "\"from\" alone" : "\"to\" alone");
    return std::nullopt;
  }
  const std::string unit = fields.from->unit;
  const double low = fields.from->value;
  const auto high = value_in(*fields.to, unit);
  const auto refuse = [&](const char* key, std::string expected, std::string found) {
    faults_.refuse(place + key, std::move(expected), std::move(found));
    return std::nullopt;
  };
  if (!high) return refuse("/to", unit_words(unit) + ", as \"from\" is", text_of(*fields.to));
  if (*high <= low) return refuse("/to", "more than \"from\", which is " + text_of(*fields.from), text_of(*fields.to));
  if (fields.scale != ParameterFields::Scale::log)
    return Numbers{.distribution = {.shape = Uniform{.low = low, .high = *high}}, .unit = unit, .steps = {}};
  if (low <= 0.0) return refuse("/from", "a number above 0, since the scale is log", text_of(*fields.from));
  return Numbers{.distribution = {.shape = LogUniform{.low = low, .high = *high}}, .unit = unit, .steps = {}};
}

bool ParameterReader::check_steps(const Parameter& parameter) {
  const Numbers& numbers = *parameter.numbers();
  const bool range = is_range(numbers.distribution);
  if (range && numbers.whole) {
    for (const double end : {numbers.low(), numbers.high()})
      if (std::floor(end) != end) {
        faults_.refuse(parameter.place + "/whole", "whole numbers at both ends", text_of(parameter, end));
        return false;
      }
  }
  if (range && numbers.steps == 1) {
    faults_.refuse(parameter.place + "/steps", "at least 2, the ends of the range", "1");
    return false;
  }
  if (numbers.whole && numbers.steps && repeats(parameter)) {
    faults_.refuse(parameter.place + "/steps", "no more steps than there are whole numbers",
                   std::to_string(*numbers.steps));
    return false;
  }
  return true;
}

Choice ParameterReader::read_choice(const sim::Json& json, const std::string& place) const {
  Choice choice{.label = {}, .place = place, .value = json, .folder = context_.folder};
  if (json.is_string()) {
    choice.label = json.get<std::string>();
  } else if (json.is_number()) {
    choice.label = text_of(UnitNumber{.value = json.get<double>(), .unit = {}});
  } else if (json.is_boolean()) {
    choice.label = json.get<bool>() ? "true" : "false";
  } else {
    choice.label = json.at("label").get<std::string>();
    choice.value = json.at("value");
  }
  return choice;
}

std::vector<Choice> ParameterReader::read_files(const ParameterFields& fields, const std::string& place) {
  std::vector<Choice> choices;
  for (const ParameterFields::File& file : *fields.files) {
    const std::filesystem::path path = context_.folder / file.path;
    const std::string file_place = fmt::format("{}/files/{}", place, &file - fields.files->data());
    faults_.gather([&] {
      Choice choice{.label = file.label.value_or(path.stem().string()),
                    .place = file_place,
                    .value = {},
                    .folder = path.parent_path()};
      if (fields.at.empty()) {
        choice.scenario.emplace(path, context_.load);
      } else {
        choice.value = context_.load(path);
      }
      choices.push_back(std::move(choice));
    });
  }
  return choices;
}

void ParameterReader::check_labels(const std::vector<Choice>& choices) {
  std::set<std::string> labels;
  for (const Choice& choice : choices)
    if (!labels.insert(choice.label).second)
      faults_.refuse(choice.place, "choices of different labels", '"' + choice.label + "\" a second time");
}

std::optional<ParameterValue> ParameterReader::read_value(const Parameter& parameter, const sim::Json& json,
                                                          const std::string& place) {
  const auto refuse = [&](std::string expected, std::string found, std::string hint = {}) {
    faults_.refuse(place, std::move(expected), std::move(found), std::move(hint));
    return std::nullopt;
  };
  if (const auto* choices = parameter.choices()) {
    const std::string label = read_choice(json, place).label;
    const std::vector<std::string> labels = labels_of(*choices);
    if (std::ranges::find(labels, label) == labels.end())
      return refuse("a choice of the parameter \"" + parameter.name + '"', '"' + label + '"',
                    sim::name_hint(label, labels));
    return label;
  }
  const Numbers& numbers = *parameter.numbers();
  const auto read = read_number(json);
  if (const auto* fault = std::get_if<models::UnitTextFault>(&read))
    return refuse(unit_words(numbers.unit), fault->found);
  const auto& number = std::get<UnitNumber>(read);
  const auto value = value_in(number, numbers.unit);
  if (!value) return refuse(unit_words(numbers.unit), text_of(number));
  if (*value < numbers.low() || *value > numbers.high())
    return refuse(
        fmt::format("a number from {} to {}", text_of(parameter, numbers.low()), text_of(parameter, numbers.high())),
        text_of(number));
  if (numbers.whole && std::floor(*value) != *value) return refuse("a whole number", text_of(number));
  return *value;
}

}  // namespace chokepoint::analysis
