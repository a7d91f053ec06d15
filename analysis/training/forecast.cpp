#include "analysis/training/forecast.hpp"

#include <algorithm>
#include <utility>

#include "analysis/training/run_bill.hpp"
#include "models/finance/amortised_training_cost.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/fault.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::analysis {
namespace {

using models::PowerState;
using sim::Fault;
using sim::InputError;

void add_energy(const TrainingRequest& request, const models::Server& server, TrainingForecast& result) {
  const models::ServerPower& power = result.run.power;
  const models::PhaseShares& share = result.clock.phases;
  const double servers = static_cast<double>(request.gpus) / server.gpus;
  const double kwh_of_a_watt = servers * request.pue * result.clock.total_s / 3.6e6;
  result.facility_w = servers * request.pue * models::mean_power_w(power, share);
  result.energy_kwh = result.facility_w * result.clock.total_s / 3.6e6;
  result.energy_by_phase_kwh = {
      .computing = kwh_of_a_watt * share.computing * power.server_w(PowerState::computing),
      .communicating = kwh_of_a_watt * share.communicating * power.server_w(PowerState::communicating),
      .checkpointing = kwh_of_a_watt * share.checkpointing * power.server_w(PowerState::checkpointing),
      .idle = kwh_of_a_watt * share.idle * power.server_w(PowerState::allocated)};
}

void add_electricity(const Electricity& electricity, TrainingForecast& result) {
  if (!electricity.tariff) {
    result.electricity_cost = result.energy_kwh * electricity.price_per_kwh;
    result.electricity_currency = electricity.currency;
    return;
  }
  result.bill = bill_of({.power_w = result.facility_w, .duration_s = result.clock.total_s, .start = electricity.start},
                        *electricity.tariff, electricity.zone);
  result.electricity_cost = result.bill->total.units();
  result.electricity_currency = result.bill->currency;
}

void add_hardware_cost(const TrainingRequest& request, const models::Server& server, TrainingForecast& result) {
  std::optional<double> price = request.server_price;
  if (!price && !server.prices.empty()) {
    price = server.prices.front().amount;
    result.currency = server.prices.front().currency;
  }
  if (!price) return;
  result.capital_cost = static_cast<double>(request.gpus) / server.gpus * *price;
  if (result.currency != result.electricity_currency) return;
  // The server's price holds what the rule multiplies the accelerator's by.
  const models::AmortisedTrainingCost rule{.accelerator_price = *price / server.gpus,
                                           .accelerators = static_cast<double>(request.gpus),
                                           .hours = result.clock.total_s / 3600.0,
                                           .server_multiplier = 1.0};
  result.run_cost = rule.hardware() + result.electricity_cost;
}

}  // namespace

TrainingForecast forecast(const TrainingRequest& request, const std::string& name) {
  const auto* entry = sim::catalogue().servers.find(name);
  if (entry == nullptr)
    throw InputError(Fault{.file = {},
                           .where = "on",
                           .expected = "the name of a server in the catalogue",
                           .found = '"' + name + '"',
                           .hint = sim::name_hint(name, sim::catalogue().servers.names())});
  const models::Server& server = entry->value;
  TrainingForecast result{.server = name, .run = sim::training_run(request.order, server, request.gpus, request.plans)};
  result.clock = sim::run_clock(result.run);
  add_energy(request, server, result);
  add_electricity(request.electricity, result);
  add_hardware_cost(request, server, result);
  return result;
}

std::vector<TrainingForecast> forecast(const TrainingRequest& request, std::span<const std::string> servers) {
  std::vector<TrainingForecast> forecasts;
  std::vector<Fault> faults;
  for (const std::string& server : servers) {
    try {
      forecasts.push_back(forecast(request, server));
    } catch (const InputError& error) {
      for (const Fault& fault : error.faults())
        if (std::ranges::none_of(faults, [&](const Fault& other) { return other.text() == fault.text(); }))
          faults.push_back(fault);
    }
  }
  sim::throw_if_any(std::move(faults));
  return forecasts;
}

}  // namespace chokepoint::analysis
