#include "analysis/training/forecast.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "models/finance/amortised_training_cost.hpp"
#include "models/reliability/checkpoint.hpp"
#include "models/reliability/effective_time.hpp"
#include "models/reliability/failure_rate.hpp"
#include "models/training/framework_list.hpp"
#include "models/training/plan_faults.hpp"
#include "sim/training/catalogue_hardware.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::analysis {
namespace {

using models::AttentionCount;
using sim::Fault;
using sim::InputError;

constexpr double seconds_a_day = 86400.0;
/// The nodes of Llama 3 had 8 GPUs.
constexpr double gpus_of_failing_node = 8.0;
/// Middle of 77 to 146 s to write and 39 to 145 s to restore what a node of 8 GPUs holds (arXiv:2502.16631); detection
/// is assumed.
constexpr double checkpoint_write_s = 112.0;
constexpr double checkpoint_restore_s = 92.0;
constexpr double detection_s = 120.0;

models::TrainingSetup setup_of(const TrainingRequest& request) {
  const auto& model = sim::catalogue().language_models.at(request.model).value;
  const models::Server& server = sim::catalogue().servers.at(request.server).value;
  models::TrainingSetup setup;
  setup.task = {.model = model.shape,
                .sequence = request.sequence.value_or(model.shape.sequence),
                .global_batch = request.batch.value_or(static_cast<int>(model.batch.value_or(0))),
                .precision = request.precision};
  setup.hardware = sim::training_hardware(server);
  setup.framework =
      models::framework_traits(request.framework, request.precision, sim::hopper_or_later(server.accelerator));
  std::vector<Fault> faults;
  const auto refuse = [&](std::string where, std::string expected, std::string found) {
    faults.push_back({.file = std::move(where), .expected = std::move(expected), .found = std::move(found)});
  };
  if (setup.task.global_batch == 0) refuse("--batch", "sequences of a step, which the catalogue does not know", "none");
  if (request.gpus > setup.hardware.gpus_per_node && request.gpus % setup.hardware.gpus_per_node != 0)
    refuse("--gpus", fmt::format("a multiple of the {} GPUs of {}", setup.hardware.gpus_per_node, request.server),
           std::to_string(request.gpus));
  if (request.precision == models::Precision::fp8 && !setup.hardware.fp8_matmul_flop_per_s)
    refuse("--precision", fmt::format("a format that {} has", server.accelerator.name), "fp8");
  sim::throw_if_any(std::move(faults));
  return setup;
}

std::string gigabytes(double bytes) {
  return fmt::format("{:.1f} GB", bytes / 1e9);
}

models::RatedPlan rated_plan(const TrainingRequest& request, models::TrainingSetup& setup) {
  const double room = models::usable_memory_share * setup.hardware.memory_bytes;
  if (request.plan) {
    setup.plan = *request.plan;
    std::vector<Fault> faults;
    for (std::string& why : models::plan_faults(setup.task, setup.plan, setup.hardware.gpus_per_node))
      faults.push_back({.file = "--plan", .expected = "a plan that divides", .found = std::move(why)});
    if (setup.plan.gpus() != request.gpus)
      faults.push_back({.file = "--plan",
                        .expected = fmt::format("ranks for {} GPUs", request.gpus),
                        .found = std::to_string(setup.plan.gpus())});
    sim::throw_if_any(std::move(faults));
    models::RatedPlan rated{.plan = setup.plan, .time = {}, .memory = models::memory_per_gpu(setup)};
    if (rated.memory.total_bytes() > room)
      throw InputError(Fault{
          .file = "--plan",
          .expected = fmt::format("at most {} of a GPU's {}", gigabytes(room), gigabytes(setup.hardware.memory_bytes)),
          .found = gigabytes(rated.memory.total_bytes())});
    rated.time = models::step_time(setup);
    return rated;
  }
  const models::PlanSearch search = models::search_plans(setup, request.gpus, 1, models::usable_memory_share);
  if (!search.best.empty()) {
    setup.plan = search.best.front().plan;
    return search.best.front();
  }
  if (!search.least_memory_too_large)
    throw InputError(
        Fault{.file = "--gpus",
              .expected = fmt::format("a number that a plan divides with a batch of {}", setup.task.global_batch),
              .found = std::to_string(request.gpus)});
  const models::RatedPlan& least = *search.least_memory_too_large;
  throw InputError(Fault{
      .file = fmt::format("{} on {} GPUs of {}", request.model, request.gpus, request.server),
      .expected =
          fmt::format("a plan within {} of a GPU's {}", gigabytes(room), gigabytes(setup.hardware.memory_bytes)),
      .found = fmt::format("{} at least ({})", gigabytes(least.memory.total_bytes()), sim::plan_text(least.plan))});
}

/// The step with this share of tensor traffic hidden, all else as fitted.
double step_with_overlap(const models::TrainingSetup& setup, double overlap) {
  models::StepWork work = models::step_work(setup);
  work.tensor_overlap = overlap;
  return models::step_time(setup, work).total_s;
}

/// Days of the clock, with the failures of Llama 3's nodes and a checkpoint at Daly's interval.
void interrupt(TrainingForecast& run) {
  models::FailureRate failures;
  for (const models::FailureCause& cause : models::llama3_failure_causes())
    failures.per_1000_node_days += cause.per_1000_node_days;
  const double nodes = std::max(1.0, static_cast<double>(run.rated.plan.gpus()) / gpus_of_failing_node);
  const double rate = models::interruptions_per_s(failures, nodes);
  run.checkpoint_interval_s = models::daly_interval_s(1.0 / rate, checkpoint_write_s);
  run.effective_share = models::effective_time_ratio({.interruptions_per_s = rate,
                                                      .restart_s = detection_s + checkpoint_restore_s,
                                                      .write_s = checkpoint_write_s,
                                                      .interval_s = run.checkpoint_interval_s});
  if (!(run.effective_share > 0.0))
    throw InputError(Fault{.file = "--gpus",
                           .expected = "a run that makes progress between its failures",
                           .found = fmt::format("one each {:.0f} s", 1.0 / rate)});
  run.days = run.work_days / run.effective_share;
  run.interruptions = rate * run.days * seconds_a_day;
}

}  // namespace

TrainingForecast forecast(const TrainingRequest& request) {
  TrainingForecast result{.server = request.server, .setup = setup_of(request)};
  result.rated = rated_plan(request, result.setup);
  const models::TrainingTask& task = result.setup.task;
  const auto& model = sim::catalogue().language_models.at(request.model).value;
  const models::Server& server = sim::catalogue().servers.at(request.server).value;
  if (!request.tokens && !model.tokens)
    throw InputError(Fault{
        .file = "--tokens", .expected = "tokens to train on, which the catalogue does not know", .found = "none"});
  result.tokens = request.tokens ? *request.tokens : *model.tokens;

  const double step_s = result.rated.time.total_s;
  const double peak = request.gpus * result.setup.hardware.peak_flop_per_s;
  const double per_s = task.tokens() / step_s;
  result.mfu = per_s * models::model_flops_per_token(task.model, task.sequence, AttentionCount::full) / peak;
  result.hfu =
      per_s *
      models::hardware_flops_per_token(task.model, task.sequence, AttentionCount::full, result.setup.plan.recompute) /
      peak;
  const bool hides = result.setup.framework.overlaps_tensor_traffic;
  result.step_low_s = hides ? step_with_overlap(result.setup, 1.0) : step_s;
  result.step_high_s = step_with_overlap(result.setup, 0.0);

  result.work_days = result.tokens / per_s / seconds_a_day;
  interrupt(result);
  const double hours = 24.0 * result.days;
  const double servers = static_cast<double>(request.gpus) / server.gpus;
  result.energy_kwh = servers * server.power.server_w(models::PowerState::computing) / 1e3 * request.pue * hours;
  result.electricity_cost = result.energy_kwh * request.usd_per_kwh;

  std::optional<double> price = request.server_price;
  if (!price && !server.prices.empty()) {
    price = server.prices.front().amount;
    result.currency = server.prices.front().currency.code();
  }
  if (price) result.capital_cost = servers * *price;
  if (price && result.currency == "USD") {
    // The server's price holds what the rule multiplies the accelerator's by.
    result.run_cost = models::AmortisedTrainingCost{.accelerator_price = *price / server.gpus,
                                                    .accelerators = static_cast<double>(request.gpus),
                                                    .hours = hours,
                                                    .server_multiplier = 1.0,
                                                    .energy_kwh = result.energy_kwh,
                                                    .price_per_kwh = request.usd_per_kwh}
                          .total();
  }
  return result;
}

}  // namespace chokepoint::analysis
