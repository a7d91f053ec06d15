#include "sim/world/training_table.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "models/finance/amortised_training_cost.hpp"
#include "models/quantity/quantity.hpp"
#include "sim/record/lower_case.hpp"
#include "sim/training/plan_text.hpp"
#include "sim/world/bill_sites.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::array<std::string_view, 4> training_state_names{"finished", "running", "suspended", "waiting"};

TrainingOutcome outcome_of(const TrainingWork::Run& order, const JobLog::Outcome& left, double now_s) {
  TrainingOutcome outcome{.order = &order, .job = left.outcome, .state = left.state};
  outcome.run = &order.run_on(left.outcome.gpus, left.outcome.generation);
  const bool finished = left.state == JobState::finished;
  const double end_s = finished ? left.outcome.end_s : now_s;
  if (outcome.started()) {
    const double done = finished ? 1.0 : 1.0 - left.outcome.remaining_s / left.outcome.job.duration_s;
    outcome.tokens_done = done * outcome.run->tokens;
    outcome.elapsed_s = end_s - left.outcome.start_s;
    if (outcome.elapsed_s > 0.0) {
      outcome.effective_share = done * outcome.run->work_s() / outcome.elapsed_s;
      outcome.gpus_at_peak = outcome.run->utilization.mfu * outcome.run->gpus() * outcome.effective_share;
    }
  }
  if (order.due_s && (finished || end_s > *order.due_s)) outcome.late_s = end_s - *order.due_s;
  return outcome;
}

/// What a kWh of computers costs at each site, PUE included; none without a bill.
std::vector<std::optional<double>> prices_of_it_kwh(const World& world,
                                                    const std::vector<std::optional<models::Bill>>& bills) {
  std::vector<std::optional<double>> prices(bills.size());
  for (std::size_t site = 0; site < bills.size(); ++site) {
    const double it_kwh = world.sites()[site]->it_energy_j() / models::joules_per_kwh;
    if (!bills[site] || !(it_kwh > 0.0)) continue;
    std::vector<std::optional<models::Bill>> alone(bills.size());
    alone[site] = bills[site];
    prices[site] = total_in_accounting_currency(world, alone).units() / it_kwh;
  }
  return prices;
}

/// Over the time that the run held its GPUs, all of it on those that it had last.
double hardware_cost(const World& world, const TrainingOutcome& outcome) {
  if (!outcome.started()) return no_value;
  const JobOutcome& job = outcome.job;
  const ServerGeneration generation = outcome.fleet->generations()[job.generation];
  if (!generation.server_price) return no_value;
  const Price& price = *generation.server_price;
  const models::Money server =
      world.scenario().money.convert(models::Money::from_units(price.value), price.currency, world.scenario().start);
  const double done = 1.0 - job.remaining_s / job.job.duration_s;
  const double held_s = done * outcome.run->work_s() + job.lost_work_s + job.restart_s + job.checkpoint_s;
  // The server's price holds what the rule multiplies the accelerator's by.
  return models::AmortisedTrainingCost{.accelerator_price = server.units() / generation.server.gpus,
                                       .accelerators = static_cast<double>(job.gpus),
                                       .hours = held_s / models::seconds_per_hour,
                                       .server_multiplier = 1.0}
      .hardware();
}

/// A column from one value a run.
template <class Values, class Of>
Column column(std::string name, const std::vector<TrainingOutcome>& outcomes, const Of& of) {
  Values values;
  for (const TrainingOutcome& outcome : outcomes) values.push_back(of(outcome));
  return {.name = std::move(name), .values = std::move(values)};
}

}  // namespace

std::vector<TrainingOutcome> training_outcomes(const World& world) {
  std::vector<TrainingOutcome> outcomes;
  for (const World::RunningFleet& running : world.fleets())
    for (std::size_t place = 0; place < running.spec->works.size(); ++place) {
      const auto* work = dynamic_cast<const TrainingWork*>(running.spec->works[place].work.get());
      if (work == nullptr) continue;
      for (const JobLog::Outcome& left : running.log->outcomes_of(place)) {
        outcomes.push_back(outcome_of(work->runs()[left.own_index], left, world.elapsed_s()));
        outcomes.back().fleet = running.spec;
      }
    }
  return outcomes;
}

Table training_table(const World& world, const std::vector<std::optional<models::Bill>>& bills) {
  using Out = TrainingOutcome;
  using Numbers = std::vector<double>;
  using Counts = std::vector<std::int64_t>;
  const std::vector<Out> all = training_outcomes(world);
  const double clock_s = world.scenario().clock_s;
  const std::string currency = lower_case(world.scenario().money.accounting().code());
  const auto prices = prices_of_it_kwh(world, bills);
  const auto or_no_value = [](const std::optional<double>& value) { return value.value_or(no_value); };

  Table table{.name = "training", .columns = {}};
  const auto text = [&](std::string name, const auto& of) {
    table.columns.push_back(column<TextColumn>(std::move(name), all, of));
  };
  const auto number = [&](std::string name, const auto& of) {
    table.columns.push_back(column<Numbers>(std::move(name), all, of));
  };
  const auto count = [&](std::string name, const auto& of) {
    table.columns.push_back(column<Counts>(std::move(name), all, of));
  };
  text("run", [](const Out& out) -> std::string_view { return out.order->name; });
  text("fleet", [](const Out& out) -> std::string_view { return out.fleet->name; });
  text("model", [](const Out& out) -> std::string_view { return out.order->order.model; });
  text("state", [](const Out& out) { return training_state_names[static_cast<std::size_t>(out.state)]; });
  count("gpus", [](const Out& out) { return std::int64_t{out.run->gpus()}; });
  text("server", [](const Out& out) {
    return out.started() ? out.fleet->generations()[out.job.generation].server.name : std::string();
  });
  text("plan", [](const Out& out) { return plan_text(out.run->setup.plan); });
  number("step_time_s", [](const Out& out) { return out.run->step.total_s; });
  number("step_time_all_hidden_s", [](const Out& out) { return out.run->step_all_hidden_s; });
  number("step_time_none_hidden_s", [](const Out& out) { return out.run->step_none_hidden_s; });
  number("mfu_percent", [](const Out& out) { return 100.0 * out.run->utilization.mfu; });
  number("tokens", [](const Out& out) { return out.run->tokens; });
  number("tokens_done", [](const Out& out) { return out.tokens_done; });
  number("submit_time_s", [&](const Out& out) { return clock_s + out.job.job.submit_s; });
  number("start_time_s", [&](const Out& out) { return out.started() ? clock_s + out.job.start_s : no_value; });
  number("end_time_s",
         [&](const Out& out) { return out.state == JobState::finished ? clock_s + out.job.end_s : no_value; });
  number("days", [](const Out& out) { return out.started() ? out.elapsed_s / models::seconds_per_day : no_value; });
  number("deadline_time_s", [&](const Out& out) { return out.order->due_s ? clock_s + *out.order->due_s : no_value; });
  number("late_s", [&](const Out& out) { return or_no_value(out.late_s); });
  count("interruptions", [](const Out& out) { return std::int64_t{out.job.interruptions}; });
  number("effective_share", [](const Out& out) { return out.started() ? out.effective_share : no_value; });
  number("gpus_at_peak", [](const Out& out) { return out.gpus_at_peak; });
  number("energy_mwh", [](const Out& out) { return out.job.energy_j / models::joules_per_kwh / 1e3; });
  number("electricity_cost_" + currency, [&](const Out& out) {
    const std::optional<double>& price = prices[out.fleet->site];
    return price ? *price * out.job.energy_j / models::joules_per_kwh : no_value;
  });
  number("hardware_cost_" + currency, [&](const Out& out) { return hardware_cost(world, out); });
  return table;
}

}  // namespace chokepoint::sim
