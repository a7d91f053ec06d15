#include "analysis/comparison/difference.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

/// Sums over a million events carry an error of up to 1e-10 of their size, and quotients of two such sums, where one is
/// the other's cost, of some 1e-8.
constexpr double rounding = 1e-7;

Difference row_of(const CourseFigures& other, const FigureSample& sample) {
  return {.scenario = other.name,
          .figure = sample.key,
          .label = sample.label,
          .unit = sample.unit,
          .group = sample.group,
          .base = {},
          .other = {},
          .difference = {}};
}

std::string text_of(const FigureSample& sample) {
  const std::set<std::string> texts(sample.texts.begin(), sample.texts.end());
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

/// What a course says of a figure that is not compared.
Difference::Value value_of(const FigureSample& sample) {
  if (sample.is_text) return text_of(sample);
  const std::vector<double> values = sample.finite();
  if (values.empty()) return {};
  return mean_interval(values).mean;
}

bool comparable(const FigureSample& a, const FigureSample& b) {
  return a.unit == b.unit && a.is_text == b.is_text;
}

void compare(const FigureSample& base, const FigureSample& other, Difference& row) {
  if (base.is_text) {
    row.base = text_of(base);
    row.other = text_of(other);
    row.changed = base.texts != other.texts;
    return;
  }
  models::expects(base.numbers.size() == other.numbers.size(), "courses have as many replicates");
  std::vector<double> of_base;
  std::vector<double> of_other;
  double most_apart = 0.0;
  double largest = 0.0;
  for (std::size_t i = 0; i < base.numbers.size(); ++i) {
    if (!std::isfinite(base.numbers[i]) || !std::isfinite(other.numbers[i])) continue;
    of_base.push_back(base.numbers[i]);
    of_other.push_back(other.numbers[i]);
    most_apart = std::max(most_apart, std::abs(of_other.back() - of_base.back()));
    largest = std::max({largest, std::abs(of_base.back()), std::abs(of_other.back())});
  }
  if (of_base.empty()) {
    row.base = value_of(base);
    row.other = value_of(other);
    row.changed = row.base != row.other;
    return;
  }
  row.changed = most_apart > rounding * largest;
  row.base = mean_interval(of_base).mean;
  row.other = mean_interval(of_other).mean;
  row.difference = paired_difference(of_base, of_other);
}

}  // namespace

std::optional<MeanInterval> Difference::relative() const {
  const auto* from = std::get_if<double>(&base);
  if (!difference || from == nullptr || *from == 0.0) return std::nullopt;
  const double size = std::abs(*from);
  MeanInterval share{.mean = difference->mean / size};
  if (difference->interval)
    share.interval = Interval{difference->interval->low / size, difference->interval->high / size};
  return share;
}

std::vector<Difference> differences(const CourseFigures& base, const CourseFigures& other) {
  std::vector<Difference> rows;
  for (const FigureSample& sample : base.figures) {
    Difference row = row_of(other, sample);
    const FigureSample* const match = find_sample(other.figures, sample.key);
    if (match != nullptr && comparable(sample, *match)) {
      compare(sample, *match, row);
    } else {
      row.base = value_of(sample);
      row.changed = true;
    }
    rows.push_back(std::move(row));
  }
  auto after = rows.begin();
  for (const FigureSample& sample : other.figures) {
    const FigureSample* const match = find_sample(base.figures, sample.key);
    if (match != nullptr) after = std::ranges::find(rows, sample.key, &Difference::figure) + 1;
    if (match != nullptr && comparable(*match, sample)) continue;
    Difference row = row_of(other, sample);
    row.other = value_of(sample);
    row.changed = true;
    after = rows.insert(after, std::move(row)) + 1;
  }
  return rows;
}

nlohmann::ordered_json difference_json(const Difference& difference) {
  nlohmann::ordered_json json{
      {"scenario", difference.scenario}, {"figure", difference.figure}, {"unit", difference.unit}};
  const auto put = [&json](const char* key, const Difference::Value& value) {
    json[key] = nullptr;
    if (const auto* number = std::get_if<double>(&value)) json[key] = *number;
    if (const auto* text = std::get_if<std::string>(&value)) json[key] = *text;
  };
  put("base", difference.base);
  put("other", difference.other);
  for (const char* key : {"difference", "low", "high"}) json[key] = nullptr;
  if (!difference.difference) return json;
  json["difference"] = difference.difference->mean;
  if (!difference.difference->interval) return json;
  json["low"] = difference.difference->interval->low;
  json["high"] = difference.difference->interval->high;
  return json;
}

}  // namespace chokepoint::analysis
