#include "cli/calibration_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "analysis/calibration/mean_scores.hpp"
#include "cli/aligned_table.hpp"
#include "models/statistics/sorted_sample.hpp"

namespace chokepoint::cli {
namespace {

using analysis::Calibration;
using analysis::ScoredBand;
using analysis::Study;
using analysis::Target;

std::string short_text(double value) {
  return fmt::format("{:.4g}", value);
}

/// On the scale of the fact itself where a target holds its logarithm.
std::string value_text(const Target& target, double value) {
  return short_text(target.logarithmic ? std::exp(value) : value);
}

std::string tolerance_text(const Target& target) {
  return target.logarithmic ? fmt::format("{:.3g} %", 100.0 * target.tolerance) : short_text(target.tolerance);
}

std::string band_text(const Target& target, const ScoredBand& one) {
  return value_text(target, one.band.low) + " to " + value_text(target, one.band.high);
}

double value_of(const Study& study, std::size_t parameter, double coordinate) {
  return std::get<double>(analysis::value_at(study.parameters[parameter], coordinate));
}

std::string parameter_table(const Study& study, const Calibration& found, const Terminal& terminal) {
  std::vector<double> weights;
  for (const auto& member : found.members) weights.push_back(member.weight);
  std::vector<std::vector<std::string>> rows{
      {"parameter", "unit", "from", "p5", "median", "p95", "to", "best", "profile", "identified"}};
  for (std::size_t i = 0; i < study.parameters.size(); ++i) {
    std::vector<double> values;
    for (const auto& member : found.members)
      values.push_back(value_of(study, i, found.evaluated[member.index].place[i]));
    const models::SortedSample sample(values, weights);
    const auto quantile = [&](double p) { return short_text(sample.quantile(p, models::QuantileOf::population)); };
    const bool profiled = i < found.profiles.size();
    rows.push_back({study.parameters[i].name, study.parameters[i].numbers()->unit, short_text(value_of(study, i, 0.0)),
                    quantile(0.05), quantile(0.5), quantile(0.95), short_text(value_of(study, i, 1.0)),
                    short_text(value_of(study, i, found.evaluated[found.best].place[i])),
                    profiled ? sparkline(found.profiles[i].deviance, terminal) : "-",
                    profiled ? std::string(to_text(found.profiles[i].identified)) : "-"});
  }
  return aligned_table(rows);
}

std::string target_table(const Study& study, const Calibration& found) {
  std::vector<std::vector<std::string>> rows{
      {"target", "value", "tolerance", "best", "ensemble 90 %", "score", "left out 90 %", "score", "untuned", "naive"}};
  for (std::size_t i = 0; i < study.targets.size(); ++i) {
    const Target& target = study.targets[i];
    const analysis::TargetJudgement& one = found.judgements[i];
    std::string naive;
    for (std::size_t k = 1; k < one.naive.size(); ++k)
      naive += fmt::format("{}{} {}", k > 1 ? ", " : "", one.naive[k].name, short_text(one.naive[k].score));
    rows.push_back({target.outcome, value_text(target, target.value), tolerance_text(target),
                    value_text(target, found.evaluated[found.best].fits[i].centre), band_text(target, one.fitted),
                    short_text(one.fitted.score), one.left_out ? band_text(target, *one.left_out) : "-",
                    one.left_out ? short_text(one.left_out->score) : "-", short_text(one.naive.front().score),
                    naive.empty() ? "-" : naive});
  }
  return aligned_table(rows);
}

/// What the numbers of facts are, and how well they were foretold; nothing without facts.
std::string facts_words(const Study& study, const Calibration& found) {
  if (!study.facts) return {};
  std::string text = "facts: as reported, changes as factors; their tolerances and scores are of logarithms\n";
  const analysis::MeanScores means = analysis::mean_scores(study.targets, found.judgements);
  if (means.facts == 0) return text + "no fact has both naive forecasts\n";
  std::vector<std::string> scores;
  for (const auto& [name, score] : means.scores) scores.push_back(fmt::format("{} {:.3g}", name, score));
  return text + fmt::format("mean score over the {} facts that have both naive forecasts: {}\n", means.facts,
                            fmt::join(scores, ", "));
}

/// Whether any set that was run shows something of a target.
bool is_shown(const Calibration& found, std::size_t target) {
  return std::ranges::any_of(found.evaluated,
                             [&](const analysis::EvaluatedSet& set) { return std::isfinite(set.fits[target].centre); });
}

}  // namespace

std::string sparkline(std::span<const double> deviances, const Terminal& terminal) {
  static constexpr std::array blocks{"\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"};
  static constexpr std::array plain{"_", ".", ":", "-", "=", "+", "*", "#"};
  const double least = std::ranges::min(deviances);
  std::string text;
  for (const double deviance : deviances) {
    const auto height = static_cast<std::size_t>(std::lround(7.0 * std::exp((least - deviance) / 2.0)));
    text += terminal.unicode ? blocks[height] : plain[height];
  }
  return text;
}

std::string calibration_text(const Study& study, const Calibration& found, const Terminal& terminal) {
  const auto weights = found.population.weights(found.population.deviances);
  return fmt::format(
      "{}\n{} sets run, of {} replicates each; {} that fit, from waves worth {:.0f} independent sets; "
      "least misfit {}\n\n{}\n{}"
      "score: interval score of the 90 % band, less is better\n{}",
      terminal.paint(colour::bold, study.title), found.evaluated.size(), study.replicates, found.members.size(),
      analysis::effective_sets(weights), short_text(found.evaluated[found.best].misfit),
      parameter_table(study, found, terminal), target_table(study, found), facts_words(study, found));
}

std::string no_fit_text(const Study& study, const Calibration& found) {
  const analysis::EvaluatedSet& best = found.evaluated[found.best];
  std::string text = fmt::format(
      "no set fits: of {} sets that were run none is within {} standard deviations of all "
      "targets; the nearest:\n",
      found.evaluated.size(), study.calibration.most_implausible);
  for (std::size_t i = 0; i < study.targets.size(); ++i) {
    const Target& target = study.targets[i];
    const analysis::TargetFit& fit = best.fits[i];
    text += std::isfinite(fit.centre)
                ? fmt::format("  {}: {} instead of {}, {} standard deviations away\n", target.outcome,
                              value_text(target, fit.centre), value_text(target, target.value),
                              short_text(fit.implausibility))
                : fmt::format("  {}: nothing instead of {}{}\n", target.outcome, value_text(target, target.value),
                              is_shown(found, i) ? "" : ", as of all sets");
  }
  return text;
}

}  // namespace chokepoint::cli
