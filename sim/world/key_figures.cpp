#include "sim/world/key_figures.hpp"

#include <algorithm>
#include <iterator>

#include "models/calendar/iso_date.hpp"
#include "models/quantity/quantity.hpp"
#include "models/statistics/quantile.hpp"
#include "sim/world/bill_sites.hpp"
#include "sim/world/failure_outcomes.hpp"
#include "sim/world/training_table.hpp"

namespace chokepoint::sim {
namespace {

constexpr double joules_per_mwh = 1e3 * models::joules_per_kwh;

class FigureList {
 public:
  void group(std::string name) { group_ = std::move(name); }
  void add(std::string key, std::string label, std::string unit, auto value) {
    figures_.push_back(
        {.key = std::move(key), .label = std::move(label), .unit = std::move(unit), .value = value, .group = group_});
  }
  void append(std::vector<Figure> more) {
    figures_.insert(figures_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  std::vector<Figure> take() { return std::move(figures_); }

 private:
  std::string group_;
  std::vector<Figure> figures_;
};

void add_jobs(const World& world, FigureList& figures) {
  std::uint64_t jobs = 0;
  double completion_s = 0.0;
  double makespan_s = 0.0;
  std::vector<double> waits;
  for (const World::RunningFleet& running : world.fleets()) {
    jobs += running.log->jobs();
    completion_s += running.log->completion_sum_s();
    makespan_s = std::max(makespan_s, running.log->makespan_s());
    waits.insert(waits.end(), running.log->waits_s().begin(), running.log->waits_s().end());
  }
  if (jobs == 0) return;
  figures.group("jobs");
  figures.add("jobs", "jobs", "", static_cast<std::int64_t>(jobs));
  figures.add("jobs_finished", "finished", "", static_cast<std::int64_t>(waits.size()));
  if (waits.empty()) return;
  double wait_s = 0.0;
  for (const double wait : waits) wait_s += wait;
  const auto finished = static_cast<double>(waits.size());
  figures.add("wait_mean_s", "mean wait", "s", wait_s / finished);
  figures.add("wait_median_s", "median wait", "s", models::quantile(waits, 0.5));
  figures.add("wait_p90_s", "wait, 90th percentile", "s", models::quantile(waits, 0.9));
  figures.add("wait_p99_s", "wait, 99th percentile", "s", models::quantile(waits, 0.99));
  figures.add("completion_mean_s", "mean completion", "s", completion_s / finished);
  figures.add("makespan_s", "makespan", "s", makespan_s);
}

/// What rounding alone leaves is none.
double unserved_share(const ServiceMeter::Totals& totals) {
  constexpr double rounding = 1e-12;
  const double share = 1.0 - totals.served / totals.requests;
  return share < rounding ? 0.0 : share;
}

void add_services(const World& world, FigureList& figures) {
  ServiceMeter::Totals all;
  bool any = false;
  for (const World::RunningFleet& running : world.fleets()) {
    for (const auto& meter : running.meters) {
      if (meter == nullptr) continue;
      any = true;
      const ServiceMeter::Totals totals = meter->totals(world.elapsed_s());
      all.requests += totals.requests;
      all.served += totals.served;
      all.asked_gpu_s += totals.asked_gpu_s;
      all.had_gpu_s += totals.had_gpu_s;
      all.most_asked_gpus += totals.most_asked_gpus;
    }
  }
  if (!any || world.counted_s() <= 0.0) return;
  figures.group("services");
  figures.add("requests", "requests", "", all.requests);
  if (all.requests > 0.0) figures.add("requests_unserved_share", "share of requests unserved", "", unserved_share(all));
  figures.add("service_gpus_asked_mean", "GPUs asked for, mean", "", all.asked_gpu_s / world.counted_s());
  figures.add("service_gpus_asked_peak", "GPUs asked for, peak", "", all.most_asked_gpus);
  figures.add("service_gpus_had_mean", "GPUs had, mean", "", all.had_gpu_s / world.counted_s());
}

void add_training(const World& world, FigureList& figures) {
  const std::vector<TrainingOutcome> runs = training_outcomes(world);
  if (runs.empty()) return;
  std::int64_t finished = 0, due = 0, on_time = 0;
  double tokens = 0.0, longest_s = 0.0, gpus_at_peak = 0.0, energy_j = 0.0, held_s = 0.0, useful_s = 0.0;
  for (const TrainingOutcome& run : runs) {
    finished += run.state == JobState::finished ? 1 : 0;
    due += run.order->due_s ? 1 : 0;
    on_time += run.late_s && *run.late_s <= 0.0 ? 1 : 0;
    tokens += run.tokens_done;
    longest_s = std::max(longest_s, run.elapsed_s);
    gpus_at_peak += run.gpus_at_peak;
    energy_j += run.job.energy_j;
    held_s += run.run->gpus() * run.elapsed_s;
    useful_s += run.gpus_at_peak * run.elapsed_s;
  }
  figures.group("training");
  figures.add("training_runs", "runs", "", static_cast<std::int64_t>(runs.size()));
  figures.add("training_runs_finished", "finished", "", finished);
  if (due > 0) {
    figures.add("training_runs_due", "with a deadline", "", due);
    figures.add("training_runs_on_time", "on time", "", on_time);
  }
  figures.add("training_tokens_billion", "tokens trained on", "billion", tokens / 1e9);
  figures.add("training_days_longest", "longest run", "d", longest_s / models::seconds_per_day);
  if (held_s > 0.0) figures.add("training_mfu", "MFU over the runs' time", "", useful_s / held_s);
  figures.add("training_gpus_at_peak", "GPUs that would do at peak", "", gpus_at_peak);
  figures.add("training_energy_mwh", "energy of their computers", "MWh", energy_j / joules_per_mwh);
}

void add_fleets(const World& world, FigureList& figures) {
  std::int64_t nodes = 0;
  std::int64_t gpus = 0;
  double flop_per_s = 0.0;
  double memory_bytes = 0.0;
  double memory_bytes_per_s = 0.0;
  double allocated_gpu_s = 0.0;
  double computing_gpu_s = 0.0;
  double spread_gpu_s = 0.0;
  double waited_gpu_s = 0.0;
  for (const World::RunningFleet& running : world.fleets()) {
    if (running.contention) {
      spread_gpu_s += running.contention->worked_gpu_s();
      waited_gpu_s += running.contention->waited_gpu_s();
    }
    const std::vector<ServerGeneration> generations = running.spec->generations();
    nodes += running.spec->nodes();
    for (std::size_t i = 0; i < generations.size(); ++i) {
      const FleetLoad& load = running.fleet->loads()[i];
      gpus += load.gpus();
      flop_per_s += static_cast<double>(load.gpus()) * generations[i].server.accelerator.bf16_flop_per_s;
      memory_bytes += static_cast<double>(load.gpus()) * generations[i].server.accelerator.memory_bytes;
      memory_bytes_per_s += static_cast<double>(load.gpus()) * generations[i].server.accelerator.memory_bytes_per_s;
      computing_gpu_s += load.gpu_seconds(models::PowerState::computing);
      allocated_gpu_s += static_cast<double>(load.gpus()) * world.counted_s() -
                         load.gpu_seconds(models::PowerState::idle) - load.gpu_seconds(models::PowerState::off);
    }
  }
  if (gpus == 0) return;
  figures.group("fleet");
  figures.add("servers", "servers", "", nodes);
  figures.add("gpus", "GPUs", "", gpus);
  figures.add("peak_compute_pflop_per_s", "peak compute (bf16, dense)", "PFLOP/s", flop_per_s / 1e15);
  figures.add("gpu_memory_tb", "memory of GPUs", "TB", memory_bytes / 1e12);
  figures.add("gpu_memory_tb_per_s", "its bandwidth", "TB/s", memory_bytes_per_s / 1e12);
  const double gpu_s = static_cast<double>(gpus) * world.counted_s();
  if (gpu_s <= 0.0) return;
  figures.add("gpu_utilization_allocated", "share of GPUs allocated", "", allocated_gpu_s / gpu_s);
  figures.add("gpu_utilization_computing", "share of GPUs computing", "", computing_gpu_s / gpu_s);
  figures.add("gpus_not_computing_mean", "GPUs not computing, mean", "",
              static_cast<double>(gpus) - computing_gpu_s / world.counted_s());
  if (spread_gpu_s > 0.0)
    figures.add("network_wait_share", "share of time waiting for cables", "", waited_gpu_s / spread_gpu_s);
  figures.add("gpu_hours", "GPU-hours allocated", "h", allocated_gpu_s / models::seconds_per_hour);
}

void add_energy(const World& world, FigureList& figures) {
  if (world.sites().empty()) return;
  double facility_j = 0.0;
  double it_j = 0.0;
  double over_limit_j = 0.0;
  double peak_w = 0.0;
  bool limited = false;
  double carbon_kg = 0.0;
  for (std::size_t i = 0; i < world.sites().size(); ++i) {
    const Site& site = *world.sites()[i];
    facility_j += site.facility_energy_j();
    it_j += site.it_energy_j();
    over_limit_j += site.energy_over_limit_j();
    peak_w += site.peak_power_w();
    limited = limited || site.limited();
    carbon_kg += site.facility_energy_j() * world.scenario().sites[i].carbon_kg_per_j;
  }
  double jobs_j = 0.0;
  double idle_j = 0.0;
  for (const World::RunningFleet& running : world.fleets()) {
    jobs_j += running.log->energy_j();
    for (const FleetLoad& load : running.fleet->loads()) idle_j += load.energy_j(models::PowerState::idle);
  }
  figures.group("energy");
  figures.add("energy_mwh", "energy at the meter", "MWh", facility_j / joules_per_mwh);
  if (it_j > 0.0) figures.add("it_energy_mwh", "energy of computers", "MWh", it_j / joules_per_mwh);
  if (!world.fleets().empty()) {
    figures.add("job_energy_mwh", "computers at work", "MWh", jobs_j / joules_per_mwh);
    figures.add("idle_energy_mwh", "computers idle", "MWh", idle_j / joules_per_mwh);
  }
  if (it_j > 0.0) figures.add("pue", "PUE, weighted by energy", "", facility_j / it_j);
  if (world.counted_s() > 0.0) figures.add("mean_power_mw", "mean power", "MW", facility_j / world.counted_s() / 1e6);
  figures.add("peak_power_mw", "peak power", "MW", peak_w / 1e6);
  if (limited) figures.add("energy_over_limit_mwh", "energy above the limit", "MWh", over_limit_j / joules_per_mwh);
  if (carbon_kg > 0.0) figures.add("carbon_t", "carbon", "t CO2", carbon_kg / 1e3);
}

void add_costs(const World& world, const std::vector<std::optional<models::Bill>>& bills, FigureList& figures) {
  const Scenario& scenario = world.scenario();
  const std::string currency = scenario.money.accounting().code();
  figures.group("cost");
  figures.add("currency", "currency", "", currency);
  const auto facility_j = [&] {
    double energy_j = 0.0;
    for (std::size_t i = 0; i < bills.size(); ++i)
      if (bills[i]) energy_j += world.sites()[i]->facility_energy_j();
    return energy_j;
  }();
  if (std::ranges::any_of(bills, [](const auto& bill) { return bill.has_value(); })) {
    const double cost = total_in_accounting_currency(world, bills).units();
    figures.add("electricity_cost", "electricity", currency, cost);
    figures.add("electricity_cost_per_day", "electricity a day", currency + "/d",
                cost / (world.counted_s() / models::seconds_per_day));
    if (facility_j > 0.0)
      figures.add("electricity_price_per_kwh", "electricity a kWh", currency + "/kWh",
                  cost / (facility_j / models::joules_per_kwh));
  }
  models::Money capital;
  bool priced = !scenario.fleets.empty();
  for (const FleetSpec& fleet : scenario.fleets)
    for (const ServerGeneration& generation : fleet.generations()) {
      const std::optional<Price>& price = generation.server_price;
      priced = priced && price.has_value();
      if (!price) continue;
      const auto amount = models::Money::from_units(price->value * static_cast<double>(generation.nodes));
      capital += scenario.money.convert(amount, price->currency, scenario.start);
    }
  if (priced) figures.add("capital_cost", "capital cost of servers", currency, capital.units());
}

}  // namespace

std::vector<Figure> key_figures(const World& world, const std::vector<std::optional<models::Bill>>& bills) {
  FigureList figures;
  figures.group("run");
  const Scenario& scenario = world.scenario();
  if (scenario.run_in_s > 0.0)
    figures.add("counted_from", "counted from", "",
                models::format_date_time(scenario.zone.to_local(world.counted_from())));
  figures.add("days", "simulated time", "d", world.counted_s() / models::seconds_per_day);
  add_jobs(world, figures);
  add_services(world, figures);
  add_training(world, figures);
  add_fleets(world, figures);
  figures.append(failure_figures(world));
  add_energy(world, figures);
  add_costs(world, bills, figures);
  return figures.take();
}

}  // namespace chokepoint::sim
