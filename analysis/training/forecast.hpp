#pragma once

#include <optional>
#include <string>

#include "models/hardware/server.hpp"
#include "models/training/planner.hpp"
#include "sim/catalogue/catalogue.hpp"

namespace chokepoint::analysis {

/// A training run to forecast: which model on how many GPUs of which server, for how long.
struct TrainingRequest {
  std::string model;
  std::string server;
  int gpus = 0;
  std::optional<double> tokens{};
  std::optional<int> sequence{};
  std::optional<int> batch{};
  std::optional<models::ParallelPlan> plan{};
  std::string framework = "Megatron-Core";
  models::Precision precision = models::Precision::bf16;
  double pue = 1.1;
  double usd_per_kwh = 0.08;
  /// USD for one server; the catalogue's quote in its own currency if left out.
  std::optional<double> server_price{};
};

struct TrainingForecast {
  std::string server;
  models::TrainingSetup setup;
  models::RatedPlan rated;
  /// Step with all and with no tensor traffic hidden, as far as the framework may hide it: what no public measurement
  /// tells for thin links.
  double step_low_s = 0.0;
  double step_high_s = 0.0;
  double tokens = 0.0;
  double mfu = 0.0;
  double hfu = 0.0;
  /// Of steps alone, and of the clock: interrupted, restarted and checkpointed.
  double work_days = 0.0;
  double days = 0.0;
  double interruptions = 0.0;
  /// Share of the clock that makes lasting progress.
  double effective_share = 1.0;
  double checkpoint_interval_s = 0.0;
  /// Over the days of the clock, at the meter, PUE included; servers draw their measured mean in training.
  double energy_kwh = 0.0;
  double electricity_cost = 0.0;
  /// Of all servers, in `currency`; none where no price is known.
  std::optional<double> capital_cost{};
  std::string currency = "USD";
  /// USD by the rule of Epoch AI; none where the price is in another currency.
  std::optional<double> run_cost{};
};

/// Forecasts a run with its plan, or with the fastest that fits. Throws InputError: unknown names with near ones, plans
/// that do not divide, a model that fits on no plan with the memory it needs.
TrainingForecast forecast(const TrainingRequest& request);

}  // namespace chokepoint::analysis
