#include "cli/study_text.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "analysis/output/number_text.hpp"
#include "analysis/study/unit_number.hpp"
#include "cli/aligned_table.hpp"
#include "cli/terminal/figure_text.hpp"
#include "cli/wrapped_text.hpp"

namespace chokepoint::cli {
namespace {

using analysis::Numbers;
using analysis::Parameter;
using analysis::Study;
using OrderedJson = nlohmann::ordered_json;

constexpr std::size_t most_labels = 6;

std::string count_text(std::uint64_t count) {
  return analysis::with_thousands(std::to_string(count));
}

std::string count_words(std::uint64_t count, const std::string& noun) {
  return count_text(count) + ' ' + noun + (count == 1 ? "" : "s");
}

std::string time_text(double seconds) {
  return seconds < 60.0 ? fmt::format("{:.2g} s", seconds) : duration_text(seconds);
}

/// The shape in the field's words, its numbers in the parameter's unit.
std::string shape_words(const Numbers& numbers) {
  const auto with_unit = [&](double value) {
    return analysis::text_of(analysis::UnitNumber{.value = value, .unit = numbers.unit});
  };
  struct Words {
    const std::function<std::string(double)> number;

    std::string operator()(const analysis::Uniform&) const { return ""; }
    std::string operator()(const analysis::LogUniform&) const { return "evenly in the logarithm"; }
    std::string operator()(const analysis::Normal& shape) const {
      return fmt::format("normal, mean {}, sd {}", number(shape.mean), number(shape.sd));
    }
    std::string operator()(const analysis::LogNormal& shape) const {
      return fmt::format("log-normal, median {}, log sd {}", number(shape.median), shape.log_sd);
    }
    std::string operator()(const analysis::Triangular& shape) const { return "triangular, mode " + number(shape.mode); }
    std::string operator()(const analysis::Exponential& shape) const {
      return "exponential, mean " + number(shape.mean);
    }
    std::string operator()(const analysis::Weibull& shape) const {
      return fmt::format("Weibull, scale {}, shape {}", number(shape.scale), shape.shape);
    }
    std::string operator()(const analysis::Beta& shape) const {
      return fmt::format("beta {}, {}", shape.alpha, shape.beta);
    }
  };
  return std::visit(Words{with_unit}, numbers.distribution.shape);
}

std::string values_words(const Study& study, const Parameter& parameter) {
  if (const auto* choices = parameter.choices()) {
    std::string words;
    for (std::size_t i = 0; i < std::min(choices->size(), most_labels); ++i)
      words += (i == 0 ? "" : ", ") + (*choices)[i].label;
    return choices->size() > most_labels ? fmt::format("{} and {} more", words, choices->size() - most_labels) : words;
  }
  const Numbers& numbers = *parameter.numbers();
  std::vector<std::string> parts;
  if (std::isfinite(numbers.low()) && std::isfinite(numbers.high()))
    parts.push_back(analysis::text_of(parameter, numbers.low()) + " to " +
                    analysis::text_of(parameter, numbers.high()));
  if (const std::string shape = shape_words(numbers); !shape.empty()) parts.push_back(shape);
  if (numbers.whole) parts.emplace_back("whole numbers");
  if (numbers.steps && study.design->kind() == "grid")
    parts.push_back(count_words(static_cast<std::uint64_t>(*numbers.steps), "step"));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string parameter_table(const Study& study, std::size_t width) {
  std::vector<std::vector<std::string>> rows{{"parameter", "values", "at"}};
  for (const Parameter& parameter : study.parameters)
    rows.push_back({parameter.name, values_words(study, parameter),
                    parameter.at.empty() ? "the whole scenario" : fmt::format("{}", fmt::join(parameter.at, ", "))});
  return aligned_table(rows, width);
}

/// Five digits tell points apart.
std::string coordinate_text(double value) {
  return std::abs(value) < 1e5 ? fmt::format("{:.5g}", value) : analysis::with_thousands(fmt::format("{:.0f}", value));
}

std::string point_table(const Study& study, std::uint64_t shown, std::size_t width) {
  std::vector<std::vector<std::string>> rows{{"point"}};
  for (const Parameter& parameter : study.parameters) {
    const Numbers* numbers = parameter.numbers();
    rows[0].push_back(parameter.name + (numbers == nullptr || numbers->unit.empty() ? "" : " " + numbers->unit));
  }
  for (std::uint64_t index = 0; index < shown; ++index) {
    std::vector<std::string>& row = rows.emplace_back();
    row.push_back(std::to_string(index));
    for (const analysis::ParameterValue& value : analysis::point_at(study, index).values)
      row.push_back(std::holds_alternative<double>(value) ? coordinate_text(std::get<double>(value))
                                                          : std::get<std::string>(value));
  }
  return aligned_table(rows, width);
}

std::string estimate_words(const StudyPlan& plan) {
  const analysis::RunEstimate& estimate = *plan.estimate;
  return fmt::format("{} took {} each ({} to {})\nthe study takes about {} with {} ({} to {})\n",
                     count_words(estimate.trials, "trial run"), time_text(estimate.mean_s), time_text(estimate.least_s),
                     time_text(estimate.most_s), time_text(estimate.study_s), count_words(plan.workers, "worker"),
                     time_text(estimate.study_least_s), time_text(estimate.study_most_s));
}

std::uint64_t runs_of(const Study& study) {
  return analysis::points(study) * static_cast<std::uint64_t>(study.replicates);
}

}  // namespace

std::string study_text(const StudyPlan& plan) {
  const Study& study = plan.study;
  const std::uint64_t points = analysis::points(study);
  const std::uint64_t shown = std::min(points, plan.shown);
  std::string text = wrapped_text(study.title, plan.width) + '\n' + parameter_table(study, plan.width);
  std::vector<std::string> outcomes;
  for (const analysis::StudyOutcome& outcome : study.outcomes)
    outcomes.push_back(outcome.name == outcome.figure ? outcome.name
                                                      : fmt::format("{} ({})", outcome.name, outcome.figure));
  text += '\n' + wrapped_text(fmt::format("keeps {}", fmt::join(outcomes, ", ")), plan.width);
  text +=
      fmt::format("{}: {}, {} each: {}\n", study.design->kind(), count_words(points, "point"),
                  count_words(static_cast<std::uint64_t>(study.replicates), "run"), count_words(runs_of(study), "run"));
  if (plan.estimate) text += estimate_words(plan);
  if (shown == 0) return text;
  text += shown == points ? "\n" : fmt::format("\nthe first {} of {}:\n", count_text(shown), count_text(points));
  return text + point_table(study, shown, plan.width);
}

OrderedJson study_json(const StudyPlan& plan) {
  const Study& study = plan.study;
  OrderedJson json{{"study", study.name},
                   {"title", study.title},
                   {"design", study.design->kind()},
                   {"points", analysis::points(study)},
                   {"replicates", study.replicates},
                   {"runs", runs_of(study)},
                   {"seed", study.seed},
                   {"parameters", OrderedJson::array()},
                   {"outcomes", OrderedJson::array()},
                   {"first_points", OrderedJson::array()}};
  for (const Parameter& parameter : study.parameters) {
    OrderedJson entry{{"name", parameter.name}, {"at", parameter.at}};
    if (const Numbers* numbers = parameter.numbers()) {
      entry["unit"] = numbers->unit;
      // An open end has no number in JSON.
      if (std::isfinite(numbers->low())) entry["low"] = numbers->low();
      if (std::isfinite(numbers->high())) entry["high"] = numbers->high();
    } else {
      entry["choices"] = OrderedJson::array();
      for (const analysis::Choice& choice : *parameter.choices()) entry["choices"].push_back(choice.label);
    }
    json["parameters"].push_back(std::move(entry));
  }
  for (const analysis::StudyOutcome& outcome : study.outcomes)
    json["outcomes"].push_back({{"name", outcome.name}, {"figure", outcome.figure}});
  for (std::uint64_t index = 0; index < std::min(analysis::points(study), plan.shown); ++index) {
    const analysis::Point point = analysis::point_at(study, index);
    OrderedJson entry{{"point", index}};
    for (std::size_t i = 0; i < point.values.size(); ++i)
      std::visit([&](const auto& value) { entry[study.parameters[i].name] = value; }, point.values[i]);
    json["first_points"].push_back(std::move(entry));
  }
  if (plan.estimate)
    json["estimate"] = {{"trials", plan.estimate->trials},
                        {"workers", plan.workers},
                        {"run_s", plan.estimate->mean_s},
                        {"run_least_s", plan.estimate->least_s},
                        {"run_most_s", plan.estimate->most_s},
                        {"study_s", plan.estimate->study_s},
                        {"study_least_s", plan.estimate->study_least_s},
                        {"study_most_s", plan.estimate->study_most_s}};
  return json;
}

}  // namespace chokepoint::cli
