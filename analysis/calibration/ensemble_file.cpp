#include "analysis/calibration/ensemble_file.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "analysis/calibration/mean_scores.hpp"
#include "analysis/calibration/study_evaluation.hpp"
#include "analysis/output/new_files.hpp"
#include "analysis/output/number_text.hpp"
#include "analysis/output/output_folder.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/sha256.hpp"
#include "sim/scenario/ensemble.hpp"

namespace chokepoint::analysis {
namespace {

using OrderedJson = nlohmann::ordered_json;

std::string number_text(double value) {
  char text[number_room];
  return {text, write_number(text, value)};
}

std::filesystem::path sets_beside(std::filesystem::path file) {
  return file.replace_extension(".sets.csv");
}

OrderedJson finite(double value) {
  return std::isfinite(value) ? OrderedJson(value) : OrderedJson(nullptr);
}

double value_of(const Study& study, std::size_t parameter, double coordinate) {
  return std::get<double>(value_at(study.parameters[parameter], coordinate));
}

OrderedJson made_json(const StudyCalibration& calibration) {
  const Study& study = calibration.study;
  const Population& population = calibration.found.population;
  return {{"by", "population Monte Carlo"},
          {"study", study.name},
          {"version", calibration.version},
          {"study_digest", sim::sha256(study.json.dump())},
          {"scenario_digest", sim::sha256(study.base.root().dump())},
          {"catalogue_digest", sim::catalogue_digest()},
          {"seed", study.seed},
          {"replicates", study.replicates},
          {"sets_run", calibration.found.evaluated.size()},
          {"waves", population.waves},
          {"effective_sets", effective_sets(population.weights(population.deviances))},
          {"settled", population.settled}};
}

OrderedJson set_json(const Study& study, const EvaluatedSet& set, double weight) {
  OrderedJson values = OrderedJson::array();
  for (std::size_t i = 0; i < set.place.size(); ++i) values.push_back(value_of(study, i, set.place[i]));
  OrderedJson outcomes = OrderedJson::object();
  for (std::size_t i = 0; i < study.outcomes.size(); ++i) {
    double mean = 0.0;
    for (const double value : set.outcomes[i]) mean += value / static_cast<double>(set.outcomes[i].size());
    outcomes[study.outcomes[i].name] = finite(mean);
  }
  return {{"values", std::move(values)},
          {"misfit", finite(set.misfit)},
          {"weight", weight},
          {"outcomes", std::move(outcomes)}};
}

OrderedJson band_json(const ScoredBand& band) {
  return {{"name", band.name}, {"p5", band.band.low}, {"p95", band.band.high}, {"interval_score", band.score}};
}

OrderedJson target_json(const Target& target) {
  return {{"outcome", target.outcome},
          {"value", target.value},
          {"tolerance", target.tolerance},
          {"weight", target.weight},
          {"scale", target.logarithmic ? "logarithm" : "linear"},
          {"source", target.source}};
}

OrderedJson mean_scores_json(const MeanScores& means) {
  OrderedJson scores = OrderedJson::array();
  for (const MeanScores::Score& one : means.scores)
    scores.push_back({{"name", one.name}, {"interval_score", one.score}});
  return {{"facts", means.facts}, {"scores", std::move(scores)}};
}

OrderedJson parameter_json(const StudyCalibration& calibration, std::size_t index) {
  const Study& study = calibration.study;
  const Parameter& parameter = study.parameters[index];
  OrderedJson names = OrderedJson::array();
  for (const std::string& pointer : parameter.at) names.push_back(sim::name_on_way(study.base.root(), pointer));
  return {
      {"name", parameter.name}, {"at", parameter.at}, {"unit", parameter.numbers()->unit}, {"of", std::move(names)}};
}

OrderedJson profile_json(const StudyCalibration& calibration, std::size_t index) {
  const Profile& profile = calibration.found.profiles[index];
  OrderedJson at = OrderedJson::array(), deviance = OrderedJson::array();
  for (std::size_t i = 0; i < profile.at.size(); ++i) {
    at.push_back(value_of(calibration.study, index, profile.at[i]));
    deviance.push_back(finite(profile.deviance[i]));
  }
  return {{"parameter", calibration.study.parameters[index].name},
          {"identified", to_text(profile.identified)},
          {"at", std::move(at)},
          {"deviance", std::move(deviance)}};
}

}  // namespace

OrderedJson ensemble_json(const StudyCalibration& calibration) {
  const Study& study = calibration.study;
  const Calibration& found = calibration.found;
  OrderedJson json{{"name", study.name},
                   {"made", made_json(calibration)},
                   {"parameters", OrderedJson::array()},
                   {"outcomes", OrderedJson::array()},
                   {"targets", OrderedJson::array()},
                   {"judgement", OrderedJson::array()},
                   {"profiles", OrderedJson::array()},
                   {"best", set_json(study, found.evaluated[found.best], 0.0)},
                   {"sets", OrderedJson::array()}};
  for (std::size_t i = 0; i < study.parameters.size(); ++i)
    json["parameters"].push_back(parameter_json(calibration, i));
  for (const StudyOutcome& outcome : study.outcomes)
    json["outcomes"].push_back({{"name", outcome.name}, {"figure", outcome.figure}});
  for (const Target& target : study.targets) json["targets"].push_back(target_json(target));
  for (std::size_t i = 0; i < found.judgements.size(); ++i) {
    const TargetJudgement& one = found.judgements[i];
    OrderedJson bands = OrderedJson::array({band_json(one.fitted)});
    if (one.left_out) bands.push_back(band_json(*one.left_out));
    for (const ScoredBand& naive : one.naive) bands.push_back(band_json(naive));
    json["judgement"].push_back({{"outcome", study.targets[i].outcome}, {"bands", std::move(bands)}});
  }
  const MeanScores means = mean_scores(study.targets, found.judgements);
  if (means.facts > 0) json["mean_scores"] = mean_scores_json(means);
  for (std::size_t i = 0; i < found.profiles.size(); ++i) json["profiles"].push_back(profile_json(calibration, i));
  for (const Kept& member : found.members)
    json["sets"].push_back(set_json(study, found.evaluated[member.index], member.weight));
  return json;
}

std::string evaluations_csv(const StudyCalibration& calibration) {
  const Study& study = calibration.study;
  std::string csv = "stage,weight";
  for (const Parameter& parameter : study.parameters) csv += ',' + parameter.name;
  for (const StudyOutcome& outcome : study.outcomes)
    for (std::int64_t replicate = 0; replicate < study.replicates; ++replicate)
      csv += study.replicates == 1 ? ',' + outcome.name : fmt::format(",{}_{}", outcome.name, replicate);
  csv += ",misfit,deviance,implausibility\n";
  std::vector<double> weights(calibration.found.evaluated.size());
  for (const Kept& member : calibration.found.members) weights[member.index] = member.weight;
  for (std::size_t i = 0; i < calibration.found.evaluated.size(); ++i) {
    const EvaluatedSet& set = calibration.found.evaluated[i];
    csv += std::string(to_text(set.stage)) + ',' + number_text(weights[i]);
    for (std::size_t k = 0; k < set.place.size(); ++k) csv += ',' + number_text(value_of(study, k, set.place[k]));
    for (const auto& replicates : set.outcomes)
      for (const double value : replicates) csv += ',' + number_text(value);
    for (const double value : {set.misfit, set.deviance, set.implausibility}) csv += ',' + number_text(value);
    csv += '\n';
  }
  return csv;
}

void expect_new_ensemble(const std::filesystem::path& file) {
  expect_new_files(std::array{file, sets_beside(file)}, "move it away, or name another with --out");
}

void write_ensemble(const StudyCalibration& calibration, const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  expect_new_ensemble(file);
  write_output_folder(folder,
                      {{.name = file.filename().string(),
                        .write = [&](const TextSink& sink) { sink(ensemble_json(calibration).dump(2) + '\n'); }},
                       {.name = sets_beside(file).filename().string(),
                        .write = [&](const TextSink& sink) { sink(evaluations_csv(calibration)); }}});
}

}  // namespace chokepoint::analysis
