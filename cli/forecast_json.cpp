#include <nlohmann/json.hpp>

#include "cli/forecast_text.hpp"
#include "sim/record/lower_case.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::cli {
namespace {

using analysis::TrainingForecast;
using OrderedJson = nlohmann::ordered_json;

OrderedJson parts_json(const models::StepTime& time) {
  return {{"compute", time.compute_s}, {"tensor", time.tensor_s},       {"context", time.context_s},
          {"expert", time.expert_s},   {"pipeline", time.pipeline_s},   {"bubble", time.bubble_s},
          {"data", time.data_s},       {"optimizer", time.optimizer_s}, {"scale", time.scale_s}};
}

OrderedJson phases_json(const models::PhaseShares& phases, double factor) {
  return {{"computing", factor * phases.computing},
          {"communicating", factor * phases.communicating},
          {"checkpointing", factor * phases.checkpointing},
          {"interrupted", factor * phases.idle}};
}

void add_plans(const models::PlanSearch& search, OrderedJson& json) {
  if (search.fitting + search.too_large == 0) return;
  json["plans_fitting"] = search.fitting;
  json["plans_too_large"] = search.too_large;
  if (search.least_memory_too_large) {
    json["least_too_large_plan"] = sim::plan_text(search.least_memory_too_large->plan);
    json["least_too_large_memory_gb"] = search.least_memory_too_large->memory.total_bytes() / 1e9;
  }
  if (search.best.size() < 2) return;
  json["plans"] = OrderedJson::array();
  for (const models::RatedPlan& rated : search.best)
    json["plans"].push_back({{"plan", sim::plan_text(rated.plan)},
                             {"step_time_s", rated.time.total_s},
                             {"step_parts_s", parts_json(rated.time)},
                             {"recomputation_s", rated.time.recompute_s},
                             {"memory_gb", rated.memory.total_bytes() / 1e9}});
}

OrderedJson bill_json(const models::Bill& bill) {
  OrderedJson json{{"currency", bill.currency.code()},
                   {"total", bill.total.units()},
                   {"average_price_per_kwh", bill.average_price()},
                   {"lines", OrderedJson::array()},
                   {"months", OrderedJson::array()}};
  for (const models::BillLine& line : bill.lines)
    json["lines"].push_back({{"name", line.name}, {"amount", line.total.units()}});
  for (const models::BillMonth& month : bill.months)
    json["months"].push_back({{"energy_kwh", month.energy_kwh}, {"total", month.total.units()}});
  return json;
}

OrderedJson run_json(const TrainingForecast& forecast) {
  const sim::TrainingRun& run = forecast.run;
  OrderedJson json{{"model", run.setup.task.model.name},
                   {"server", forecast.server},
                   {"gpus", run.gpus()},
                   {"plan", sim::plan_text(run.setup.plan)},
                   {"step_time_s", run.step.total_s},
                   {"step_parts_s", parts_json(run.step)},
                   {"step_time_all_hidden_s", run.step_all_hidden_s},
                   {"step_time_none_hidden_s", run.step_none_hidden_s},
                   {"mfu_percent", 100.0 * run.utilization.mfu},
                   {"hfu_percent", 100.0 * run.utilization.hfu},
                   {"memory_gb", run.memory.total_bytes() / 1e9},
                   {"memory_of_gpu_gb", run.setup.hardware.memory_bytes / 1e9},
                   {"tokens", run.tokens},
                   {"work_days", forecast.work_days()},
                   {"days", forecast.days()},
                   {"interruptions", forecast.clock.interruptions},
                   {"effective_time_percent", 100.0 * forecast.clock.effective_share},
                   {"checkpoint_interval_s", forecast.clock.checkpoint_interval_s},
                   {"time_by_phase_percent", phases_json(forecast.clock.phases, 100.0)},
                   {"mean_power_mw", forecast.facility_w / 1e6},
                   {"energy_mwh", forecast.energy_kwh / 1e3},
                   {"energy_by_phase_mwh", phases_json(forecast.energy_by_phase_kwh, 1e-3)}};
  json["electricity_cost_" + sim::lower_case(forecast.electricity_currency.code())] = forecast.electricity_cost;
  if (forecast.bill) json["bill"] = bill_json(*forecast.bill);
  if (forecast.capital_cost) {
    json["capital_cost"] = *forecast.capital_cost;
    json["capital_currency"] = forecast.currency.code();
  }
  if (forecast.run_cost) json["run_cost_" + sim::lower_case(forecast.currency.code())] = *forecast.run_cost;
  add_plans(run.search, json);
  return json;
}

}  // namespace

std::string forecast_json(std::span<const TrainingForecast> runs) {
  OrderedJson list = OrderedJson::array();
  for (const TrainingForecast& run : runs) list.push_back(run_json(run));
  return list.dump(2) + '\n';
}

}  // namespace chokepoint::cli
