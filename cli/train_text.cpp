#include "cli/train_text.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/output/number_text.hpp"
#include "analysis/training/contrasts.hpp"
#include "analysis/training/fit_step_constants.hpp"
#include "cli/aligned_table.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::cli {
namespace {

using analysis::TrainingForecast;
using Json = nlohmann::ordered_json;

Json forecast_json(const TrainingForecast& run) {
  const models::StepTime& time = run.rated.time;
  Json json{{"model", run.setup.task.model.name},
            {"server", run.server},
            {"gpus", run.rated.plan.gpus()},
            {"plan", sim::plan_text(run.rated.plan)},
            {"step_time_s", time.total_s},
            {"step_parts_s",
             {{"compute", time.compute_s},
              {"tensor", time.tensor_s},
              {"context", time.context_s},
              {"expert", time.expert_s},
              {"pipeline", time.pipeline_s},
              {"bubble", time.bubble_s},
              {"data", time.data_s},
              {"optimizer", time.optimizer_s},
              {"scale", time.scale_s}}},
            {"step_time_all_hidden_s", run.step_low_s},
            {"step_time_none_hidden_s", run.step_high_s},
            {"mfu_percent", 100.0 * run.mfu},
            {"hfu_percent", 100.0 * run.hfu},
            {"memory_gb", run.rated.memory.total_bytes() / 1e9},
            {"memory_of_gpu_gb", run.setup.hardware.memory_bytes / 1e9},
            {"tokens", run.tokens},
            {"work_days", run.work_days},
            {"days", run.days},
            {"interruptions", run.interruptions},
            {"effective_time_percent", 100.0 * run.effective_share},
            {"checkpoint_interval_s", run.checkpoint_interval_s},
            {"energy_mwh", run.energy_kwh / 1e3},
            {"electricity_cost_usd", run.electricity_cost}};
  if (run.capital_cost) {
    json["capital_cost"] = *run.capital_cost;
    json["capital_currency"] = run.currency;
  }
  if (run.run_cost) json["run_cost_usd"] = *run.run_cost;
  return json;
}

std::string money(const std::optional<double>& amount, const std::string& currency) {
  return amount ? fmt::format("{} {}", analysis::with_thousands(fmt::format("{:.0f}", *amount)), currency) : "-";
}

Json group_json(const analysis::GroupScore& group) {
  Json json{{"rows", group.steps.size()}, {"by_source", Json::array()}, {"macro_mape_percent", nullptr}};
  for (const analysis::SourceScore& source : group.by_source)
    json["by_source"].push_back({{"source", source.source},
                                 {"rows", source.rows},
                                 {"mape_percent", source.mape_percent},
                                 {"bias_percent", source.bias_percent}});
  if (!group.by_source.empty()) json["macro_mape_percent"] = group.macro_mape_percent;
  return json;
}

/// One row, with what was chosen where the table leaves it out.
Json prediction_json(const analysis::PredictedStep& step) {
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

Json held_out_json(const analysis::HeldOut& held) {
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

std::string forecast_text(std::span<const TrainingForecast> forecasts, Format format) {
  if (format == Format::json) {
    Json list = Json::array();
    for (const TrainingForecast& run : forecasts) list.push_back(forecast_json(run));
    return list.dump(2) + '\n';
  }
  std::vector<std::vector<std::string>> rows{{forecasts.front().setup.task.model.name}};
  const auto line = [&](std::string what, const std::function<std::string(const TrainingForecast&)>& cell) {
    std::vector<std::string> row{std::move(what)};
    for (const TrainingForecast& run : forecasts) row.push_back(cell(run));
    rows.push_back(std::move(row));
  };
  for (const TrainingForecast& run : forecasts) rows.front().push_back(run.server);
  const auto share = [](double part, const TrainingForecast& run) {
    return fmt::format("{:.1f} %", 100.0 * part / run.rated.time.total_s);
  };
  line("plan", [](const auto& run) { return sim::plan_text(run.rated.plan); });
  line("step time", [](const auto& run) { return fmt::format("{:.3f} s", run.rated.time.total_s); });
  line("  tensor traffic hidden: all to none",
       [](const auto& run) { return fmt::format("{:.3f} to {:.3f} s", run.step_low_s, run.step_high_s); });
  line("  compute", [&](const auto& run) { return share(run.rated.time.compute_s, run); });
  line("  tensor traffic", [&](const auto& run) { return share(run.rated.time.tensor_s, run); });
  const auto some = [&](double models::StepTime::*part) {
    return std::ranges::any_of(forecasts, [&](const TrainingForecast& run) { return run.rated.time.*part > 0.0; });
  };
  if (some(&models::StepTime::context_s))
    line("  context traffic", [&](const auto& run) { return share(run.rated.time.context_s, run); });
  if (some(&models::StepTime::expert_s))
    line("  expert traffic", [&](const auto& run) { return share(run.rated.time.expert_s, run); });
  line("  pipeline traffic and bubble",
       [&](const auto& run) { return share(run.rated.time.pipeline_s + run.rated.time.bubble_s, run); });
  line("  data traffic", [&](const auto& run) { return share(run.rated.time.data_s, run); });
  line("  optimizer and scale",
       [&](const auto& run) { return share(run.rated.time.optimizer_s + run.rated.time.scale_s, run); });
  line("MFU", [](const auto& run) { return fmt::format("{:.1f} %", 100.0 * run.mfu); });
  line("HFU", [](const auto& run) { return fmt::format("{:.1f} %", 100.0 * run.hfu); });
  line("memory of a GPU", [](const auto& run) {
    return fmt::format("{:.1f} of {:.0f} GB", run.rated.memory.total_bytes() / 1e9,
                       run.setup.hardware.memory_bytes / 1e9);
  });
  line("tokens", [](const auto& run) { return fmt::format("{:.4g} billion", run.tokens / 1e9); });
  line("days of work", [](const auto& run) { return fmt::format("{:.1f}", run.work_days); });
  line("interruptions", [](const auto& run) { return fmt::format("{:.0f}", run.interruptions); });
  line("effective time", [](const auto& run) { return fmt::format("{:.1f} %", 100.0 * run.effective_share); });
  line("days", [](const auto& run) { return fmt::format("{:.1f}", run.days); });
  line("energy", [](const auto& run) { return fmt::format("{:.1f} MWh", run.energy_kwh / 1e3); });
  line("electricity", [](const auto& run) { return money(run.electricity_cost, "USD"); });
  line("capital cost", [](const auto& run) { return money(run.capital_cost, run.currency); });
  line("cost of the run, amortised", [](const auto& run) { return money(run.run_cost, "USD"); });
  return aligned_table(rows);
}

std::string score_text(const analysis::TableScore& score, Format format) {
  if (format == Format::json) {
    Json json{{"core", group_json(score.core)},
              {"rest", group_json(score.rest)},
              {"predictions", Json::array()},
              {"not_scored", Json::array()}};
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
    Json json{
        {"constants", Json::object()},
        {"core", group_json(score.core)},
        {"core_without_repeats", {{"rows", cleaned.steps.size()}, {"macro_mape_percent", cleaned.macro_mape_percent}}},
        {"ablation", Json::array()},
        {"leave_one_source_out", Json::array()},
        {"leave_one_source_out_macro_mape_percent", macro},
        {"extrapolation", Json::array()},
        {"contrasts", Json::array()},
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
