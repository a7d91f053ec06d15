#include "cli/train_text.hpp"

#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/training/contrasts.hpp"
#include "analysis/training/fit_step_constants.hpp"
#include "cli/aligned_table.hpp"
#include "sim/input/fault.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::cli {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson group_json(const analysis::GroupScore& group) {
  OrderedJson json{{"rows", group.steps.size()}, {"by_source", OrderedJson::array()}, {"macro_mape_percent", nullptr}};
  for (const analysis::SourceScore& source : group.by_source)
    json["by_source"].push_back({{"source", source.source},
                                 {"rows", source.rows},
                                 {"mape_percent", source.mape_percent},
                                 {"bias_percent", source.bias_percent}});
  if (!group.by_source.empty()) json["macro_mape_percent"] = group.macro_mape_percent;
  return json;
}

/// One row, with what was chosen where the table leaves it out.
OrderedJson prediction_json(const analysis::PredictedStep& step) {
  return {{"row", step.measured->id},
          {"source", step.measured->source},
          {"plan", sim::plan_text(step.setup.plan)},
          {"measured_s", step.measured->measured_s},
          {"predicted_s", step.predicted_s}};
}

std::string group_table(const char* title, const analysis::GroupScore& group) {
  if (group.steps.empty()) return {};
  std::vector<std::vector<std::string>> rows{{title, "rows", "error %", "bias %"}};
  for (const analysis::SourceScore& source : group.by_source)
    rows.push_back({source.source, std::to_string(source.rows), fmt::format("{:.2f}", source.mape_percent),
                    fmt::format("{:+.2f}", source.bias_percent)});
  rows.push_back(
      {"mean over sources", std::to_string(group.steps.size()), fmt::format("{:.2f}", group.macro_mape_percent), ""});
  return aligned_table(rows) + '\n';
}

OrderedJson held_out_json(const analysis::HeldOut& held) {
  return {{"held_out", held.name},
          {"rows", held.rows},
          {"mape_percent", held.mape_percent},
          {"bias_percent", held.bias_percent}};
}

std::string held_out_table(const char* title, std::span<const analysis::HeldOut> all) {
  std::vector<std::vector<std::string>> rows{{title, "rows", "error %", "bias %"}};
  for (const analysis::HeldOut& held : all)
    rows.push_back({held.name, std::to_string(held.rows), fmt::format("{:.2f}", held.mape_percent),
                    fmt::format("{:+.2f}", held.bias_percent)});
  return aligned_table(rows) + '\n';
}

}  // namespace

std::string score_text(const analysis::TableScore& score, Format format) {
  if (format == Format::json) {
    OrderedJson json{{"core", group_json(score.core)},
                     {"rest", group_json(score.rest)},
                     {"predictions", OrderedJson::array()},
                     {"not_scored", OrderedJson::array()}};
    for (const analysis::GroupScore* group : {&score.core, &score.rest})
      for (const analysis::PredictedStep& step : group->steps) json["predictions"].push_back(prediction_json(step));
    for (const analysis::UnpredictedStep& row : score.left_out)
      json["not_scored"].push_back({{"row", row.measured->id}, {"source", row.measured->source}, {"why", row.why}});
    return json.dump(2) + '\n';
  }
  std::string text = group_table("core", score.core) + group_table("rest", score.rest);
  if (score.left_out.empty()) return text;
  std::vector<std::vector<std::string>> rows{{"not scored", "source", "why"}};
  for (const analysis::UnpredictedStep& row : score.left_out)
    rows.push_back({row.measured->id, row.measured->source, row.why});
  return text + aligned_table(rows);
}

std::string fit_text(const sim::MeasurementTable& table, Format format) {
  const auto rows = analysis::core_rows(table);
  if (rows.empty())
    throw sim::InputError(sim::Fault{.file = "--fit", .expected = "core rows that can be predicted", .found = "none"});
  const models::StepConstants fitted = analysis::fit_step_constants(rows);
  const analysis::TableScore score = analysis::score_table(table, fitted);
  const auto sources = analysis::leave_one_source_out(rows);
  const auto splits = analysis::extrapolations(rows);
  const auto pairs = analysis::contrasts(score.core);
  const double macro = analysis::mean_error_percent(sources);
  const auto without = analysis::ablations(table);
  const auto cleaned = analysis::cleaned_score(score.core);
  if (format == Format::json) {
    OrderedJson json{
        {"constants", OrderedJson::object()},
        {"core", group_json(score.core)},
        {"core_without_repeats", {{"rows", cleaned.steps.size()}, {"macro_mape_percent", cleaned.macro_mape_percent}}},
        {"ablation", OrderedJson::array()},
        {"leave_one_source_out", OrderedJson::array()},
        {"leave_one_source_out_macro_mape_percent", macro},
        {"extrapolation", OrderedJson::array()},
        {"contrasts", OrderedJson::array()},
        {"contrasts_mean_abs_ln_error", pairs.mean_error}};
    for (const analysis::StepPrior& prior : analysis::step_priors())
      json["constants"][std::string(prior.name)] = fitted.*prior.value;
    for (const analysis::Ablation& ablation : without)
      json["ablation"].push_back({{"without", ablation.without}, {"macro_mape_percent", ablation.macro_mape_percent}});
    for (const analysis::HeldOut& held : sources) json["leave_one_source_out"].push_back(held_out_json(held));
    for (const analysis::HeldOut& held : splits) json["extrapolation"].push_back(held_out_json(held));
    for (const analysis::Contrast& pair : pairs.pairs)
      json["contrasts"].push_back({{"pair", pair.what}, {"measured", pair.measured}, {"predicted", pair.predicted}});
    return json.dump(2) + '\n';
  }
  std::vector<std::vector<std::string>> constants{{"constant", "fitted", "prior", "sd", "in the program"}};
  const models::StepConstants& built_in = models::fitted_step_constants();
  for (const analysis::StepPrior& prior : analysis::step_priors())
    constants.push_back({std::string(prior.name), fmt::format("{:.4g}", fitted.*prior.value),
                         fmt::format("{:.4g}", prior.prior), fmt::format("{:.4g}", prior.sd),
                         fmt::format("{:.4g}", built_in.*prior.value)});
  std::vector<std::vector<std::string>> ratios{{"contrast", "measured", "predicted", "error %"}};
  for (const analysis::Contrast& pair : pairs.pairs)
    ratios.push_back({pair.what, fmt::format("{:.3f}", pair.measured), fmt::format("{:.3f}", pair.predicted),
                      fmt::format("{:.1f}", 100.0 * pair.error())});
  ratios.push_back({"mean", "", "", fmt::format("{:.2f}", 100.0 * pairs.mean_error)});
  std::vector<std::vector<std::string>> effects{{"without, the rest fitted again", "error %", "more %"}};
  for (const analysis::Ablation& ablation : without)
    effects.push_back({std::string(ablation.without), fmt::format("{:.2f}", ablation.macro_mape_percent),
                       fmt::format("{:+.2f}", ablation.macro_mape_percent - score.core.macro_mape_percent)});
  return aligned_table(constants) + '\n' + group_table("core, fitted", score.core) +
         fmt::format("{} rows without repeats {:.2f} %\n\n", cleaned.steps.size(), cleaned.macro_mape_percent) +
         aligned_table(effects) + '\n' + held_out_table("source left out", sources) +
         fmt::format("mean over sources {:.2f} %\n\n", macro) + held_out_table("rows left out", splits) +
         aligned_table(ratios);
}

}  // namespace chokepoint::cli
