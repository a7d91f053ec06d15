#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/tariff/bill.hpp"
#include "sim/training/run_clock.hpp"
#include "sim/training/training_run.hpp"

namespace chokepoint::analysis {

/// What a run's electricity costs: so much a kWh, or a tariff from a date on its clock.
struct Electricity {
  double price_per_kwh = 0.08;
  models::Currency currency{};
  std::optional<models::Tariff> tariff{};
  models::Instant start{};
  models::TimeZone zone{};
};

/// A training run to forecast: what, on how many GPUs, at which power and prices.
struct TrainingRequest {
  sim::TrainingOrder order;
  int gpus = 0;
  double pue = 1.1;
  Electricity electricity{};
  /// USD for one server; the catalogue's quote in its own currency if left out.
  std::optional<double> server_price{};
  /// How many of the fastest plans are kept to be shown.
  std::size_t plans = 0;
};

struct TrainingForecast {
  std::string server;
  sim::TrainingRun run;
  sim::RunClock clock;
  /// At the meter, PUE included, over the clock: W on average, kWh in all and of each phase.
  double facility_w = 0.0;
  double energy_kwh = 0.0;
  models::PhaseShares energy_by_phase_kwh;
  double electricity_cost = 0.0;
  models::Currency electricity_currency;
  std::optional<models::Bill> bill{};
  /// Of all servers; none where no price is known.
  std::optional<double> capital_cost{};
  models::Currency currency;
  /// By the rule of Epoch AI; none where hardware and electricity are not priced in one currency.
  std::optional<double> run_cost{};

  [[nodiscard]] double days() const { return clock.total_s / 86400.0; }
  [[nodiscard]] double work_days() const { return clock.work_s / 86400.0; }
};

/// Forecasts a run on each of the servers, by their names in the catalogue. Throws InputError with all faults of all
/// servers, each once; `where` names the field of the request.
std::vector<TrainingForecast> forecast(const TrainingRequest& request, std::span<const std::string> servers);

/// On one server.
TrainingForecast forecast(const TrainingRequest& request, const std::string& server);

}  // namespace chokepoint::analysis
