#include "analysis/study/parameter.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "analysis/study/unit_number.hpp"
#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

/// 12 significant digits: 1.2 and not 1.2000000000000002.
double readable(double value) {
  return std::strtod(fmt::format("{:.12g}", value).c_str(), nullptr);
}

double number_at(const Numbers& numbers, double u) {
  const double low = numbers.low();
  const double high = numbers.high();
  if (!numbers.whole) return std::clamp(readable(quantile(numbers.distribution, u)), low, high);
  // Half a step beyond each end, so that the ends are as likely as the numbers between them.
  Distribution distribution = numbers.distribution;
  if (auto* range = std::get_if<Uniform>(&distribution.shape))
    *range = {.low = range->low - 0.5, .high = range->high + 0.5};
  if (auto* range = std::get_if<LogUniform>(&distribution.shape))
    *range = {.low = range->low - 0.5, .high = range->high + 0.5};
  return std::clamp(std::round(quantile(distribution, u)), std::ceil(low), std::floor(high));
}

}  // namespace

const Choice& Parameter::choice(const std::string& label) const {
  const auto& all = std::get<std::vector<Choice>>(values);
  const auto found = std::ranges::find(all, label, &Choice::label);
  models::expects(found != all.end(), "a value of a parameter is one of its choices");
  return *found;
}

ParameterValue value_at(const Parameter& parameter, double u) {
  if (const Numbers* numbers = parameter.numbers()) return number_at(*numbers, u);
  const std::vector<Choice>& choices = *parameter.choices();
  const auto index = static_cast<std::size_t>(u * static_cast<double>(choices.size()));
  return choices[std::min(index, choices.size() - 1)].label;
}

std::uint64_t levels(const Parameter& parameter) {
  if (const Numbers* numbers = parameter.numbers()) return static_cast<std::uint64_t>(numbers->steps.value());
  return parameter.choices()->size();
}

ParameterValue level(const Parameter& parameter, std::uint64_t index) {
  const Numbers* numbers = parameter.numbers();
  if (numbers == nullptr) return parameter.choices()->at(index).label;
  const auto steps = static_cast<double>(numbers->steps.value());
  const auto place = static_cast<double>(index);
  if (!is_range(numbers->distribution)) return number_at(*numbers, (place + 0.5) / steps);
  const double value = readable(quantile(numbers->distribution, place / (steps - 1.0)));
  return std::clamp(numbers->whole ? std::round(value) : value, numbers->low(), numbers->high());
}

sim::Json json_of(const Parameter& parameter, const ParameterValue& value) {
  const Numbers* numbers = parameter.numbers();
  if (numbers == nullptr) return parameter.choice(std::get<std::string>(value)).value;
  const double number = std::get<double>(value);
  if (!numbers->unit.empty()) return text_of(UnitNumber{.value = number, .unit = numbers->unit});
  if (numbers->whole) return static_cast<std::int64_t>(number);
  return number;
}

std::string text_of(const Parameter& parameter, const ParameterValue& value) {
  const Numbers* numbers = parameter.numbers();
  if (numbers == nullptr) return std::get<std::string>(value);
  return text_of(UnitNumber{.value = std::get<double>(value), .unit = numbers->unit});
}

}  // namespace chokepoint::analysis
