#include "analysis/replicates/figure_sample.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

FigureSample sample_like(const sim::Figure& figure, std::size_t replicates) {
  FigureSample sample{.key = figure.key,
                      .label = figure.label,
                      .unit = figure.unit,
                      .group = figure.group,
                      .is_text = std::holds_alternative<std::string>(figure.value),
                      .whole = std::holds_alternative<std::int64_t>(figure.value)};
  if (sample.is_text) {
    sample.texts.resize(replicates);
  } else {
    sample.numbers.resize(replicates, std::numeric_limits<double>::quiet_NaN());
  }
  return sample;
}

void take(FigureSample& sample, std::size_t replicate, const sim::Figure& figure) {
  models::expects(sample.unit == figure.unit && sample.is_text == std::holds_alternative<std::string>(figure.value),
                  "a figure is of one kind in all replicates");
  if (const auto* text = std::get_if<std::string>(&figure.value)) {
    sample.texts[replicate] = *text;
  } else if (const auto* whole = std::get_if<std::int64_t>(&figure.value)) {
    sample.numbers[replicate] = static_cast<double>(*whole);
  } else {
    sample.numbers[replicate] = std::get<double>(figure.value);
    sample.whole = false;
  }
}

}  // namespace

std::vector<double> FigureSample::finite() const {
  std::vector<double> values;
  std::ranges::copy_if(numbers, std::back_inserter(values), [](double value) { return std::isfinite(value); });
  return values;
}

bool FigureSample::constant() const {
  if (is_text) return std::ranges::all_of(texts, [&](const std::string& text) { return text == texts.front(); });
  const std::vector<double> values = finite();
  if (values.size() != numbers.size()) return values.empty();
  const auto [least, most] = std::ranges::minmax(values);
  constexpr double rounding = 1e-12;
  return most - least <= rounding * std::max(std::abs(least), std::abs(most));
}

std::vector<FigureSample> figure_samples(std::span<const sim::Record> replicates) {
  models::expects(!replicates.empty(), "figures are those of at least one record");
  std::vector<FigureSample> samples;
  for (std::size_t replicate = 0; replicate < replicates.size(); ++replicate) {
    std::size_t after = 0;
    for (const sim::Figure& figure : replicates[replicate].figures) {
      auto found = std::ranges::find(samples, figure.key, &FigureSample::key);
      if (found == samples.end())
        found = samples.insert(samples.begin() + static_cast<std::ptrdiff_t>(after),
                               sample_like(figure, replicates.size()));
      take(*found, replicate, figure);
      after = static_cast<std::size_t>(found - samples.begin()) + 1;
    }
  }
  return samples;
}

const FigureSample* find_sample(std::span<const FigureSample> samples, std::string_view key) {
  const auto found = std::ranges::find(samples, key, &FigureSample::key);
  return found == samples.end() ? nullptr : &*found;
}

bool all_equal(std::span<const FigureSample> samples) {
  return std::ranges::all_of(samples, &FigureSample::constant);
}

sim::Table replicates_table(std::span<const FigureSample> samples, std::size_t replicates) {
  std::vector<std::int64_t> numbers(replicates);
  for (std::size_t i = 0; i < replicates; ++i) numbers[i] = static_cast<std::int64_t>(i);
  sim::Table table{.name = "replicates", .columns = {{.name = "replicate", .values = std::move(numbers)}}};
  for (const FigureSample& sample : samples) {
    sim::Column column{.name = sample.key, .values = sample.numbers};
    if (sample.is_text) {
      sim::TextColumn texts;
      for (const std::string& text : sample.texts) texts.push_back(text);
      column.values = std::move(texts);
    }
    table.columns.push_back(std::move(column));
  }
  return table;
}

}  // namespace chokepoint::analysis
