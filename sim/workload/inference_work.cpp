#include "sim/workload/inference_work.hpp"

#include <cmath>

#include <fmt/format.h>

#include "models/quantity/quantity.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/near_name.hpp"
#include "sim/record/duration_words.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/workload/inference_source.hpp"
#include "sim/workload/profile_fields.hpp"
#include "sim/workload/service_meter.hpp"

namespace chokepoint::sim {
namespace {

using models::dimension::time;

constexpr double most_steps = 1e7;
constexpr double most_gpus = 1e9;

}  // namespace

void InferenceWork::visit_requests(FieldVisitor& v) {
  std::optional<double> visitors_per_day;
  double requests_per_visit = 1.0;
  std::optional<double> requests_per_second;
  v.field_if("visitors_per_day", "visits a day, mean over a week at the start", visitors_per_day,
             [&](double& value) { v.number(value, {.low = 0.0, .high = 1e15}); });
  v.field("requests_per_visit", "questions a visit; 1 if left out", optional,
          [&] { v.number(requests_per_visit, {.low = 0.0, .high = 1e9}); });
  v.field_if("requests_per_second", "in place of visits: requests, mean over a week at the start", requests_per_second,
             [&](double& value) { v.number(value, {.low = 0.0, .high = 1e12}); });
  if (visitors_per_day.has_value() == requests_per_second.has_value())
    v.refuse(R"(either the key "visitors_per_day" or the key "requests_per_second")",
             visitors_per_day ? "both" : "neither");
  setup_.demand.requests_per_s =
      requests_per_second.value_or(visitors_per_day.value_or(0.0) * requests_per_visit / models::seconds_per_day);
}

void InferenceWork::visit_answers(FieldVisitor& v) {
  v.field("tokens_per_request", "tokens (or words, if the time is a word's) of an answer; 1 if left out", optional,
          [&] { v.number(setup_.demand.tokens_per_request, {.low = 0.0, .high = 1e9}); });
  std::optional<double> time_s;
  std::optional<double> per_second;
  const bool has_time = v.field_if("gpu_time_per_token", "time of one GPU for a token", time_s,
                                   [&](double& value) { v.quantity(value, time, {.low = 0.0, .high = 1e6}); });
  const bool has_rate = v.field_if("tokens_per_gpu_second", "in its place: tokens that one GPU makes in a second",
                                   per_second, [&](double& value) { v.number(value, {.low = 1e-6, .high = 1e12}); });
  const bool has_model = v.field("model", "in its place: a name of catalogue language-models", optional, [&] {
    v.name(model_);
    const auto& models = catalogue().language_models;
    if (!model_.empty() && models.find(model_) == nullptr)
      v.refuse("the name of an entry of catalogue language-models", '"' + model_ + '"',
               name_hint(model_, models.names()));
  });
  const int ways = int{has_time} + int{has_rate} + int{has_model};
  if (ways != 1)
    v.refuse(R"(one of the keys "gpu_time_per_token", "tokens_per_gpu_second" and "model")",
             ways == 0 ? "none" : std::to_string(ways));
  const bool has_share =
      v.field_if("flop_utilization", "with a model: share of the GPU's peak that answers use", flop_utilization_,
                 [&](double& value) { v.number(value, {.low = 1e-6, .high = 1.0}); });
  if (has_model != has_share)
    v.refuse(R"(the keys "model" and "flop_utilization" together)", has_model ? "\"model\"" : "\"flop_utilization\"");
  if (time_s) setup_.demand.gpu_s_per_token = *time_s;
  if (per_second) setup_.demand.gpu_s_per_token = 1.0 / *per_second;
}

void InferenceWork::visit_replicas(FieldVisitor& v) {
  v.field("utilization", "share of its time that a replica is meant to answer; 1 if left out", optional,
          [&] { v.number(setup_.demand.target_utilization, {.low = 1e-3, .high = 1.0}); });
  v.field("gpus_per_replica", "GPUs that hold the model once; 1 if left out", optional, [&] {
    std::int64_t gpus = 1;
    v.integer(gpus, {.low = 1.0, .high = 1e6});
    setup_.demand.gpus_per_replica = static_cast<std::int32_t>(gpus);
  });
  v.field("fewest_replicas", "replicas that are always asked for; 0 if left out", optional,
          [&] { v.integer(setup_.demand.fewest_replicas, {.low = 0.0, .high = 1e6}); });
  v.field("scale_every", "time between two decisions on the number of replicas; 1 h if left out", optional,
          [&] { v.quantity(setup_.scale_every_s, time, {.low = 1.0, .high = 1e9}); });
  v.field("priority", "of its replicas, where the scheduler heeds it; 100 if left out", optional, [&] {
    std::int64_t priority = setup_.priority;
    v.integer(priority, {.low = -1e6, .high = 1e6});
    setup_.priority = static_cast<std::int32_t>(priority);
  });
}

void InferenceWork::visit(FieldVisitor& v) {
  visit_requests(v);
  visit_profile(v, setup_.profile);
  visit_answers(v);
  visit_replicas(v);
}

void InferenceWork::resolve(const WorkPlace& place) {
  const FleetSpec& fleet = place.fleet;
  models::InferenceDemand& demand = setup_.demand;
  // A replica stays for its time and is counted in the GPUs of one type.
  if (!fleet.further.empty() || fleet.speed != 1.0)
    place.refuse("kind", "a fleet of \"server\" and \"nodes\" for a service, whose replicas are counted in its GPUs",
                 fleet.further.empty() ? "one of \"servers\" with a \"speed\"" : "one of several types of servers");
  if (!model_.empty())
    demand.gpu_s_per_token =
        models::TokenWork{
            .active_parameters = models::parameters(catalogue().language_models.at(model_).value.shape).active,
            .flop_per_s = fleet.server.accelerator.bf16_flop_per_s,
            .utilization = *flop_utilization_}
            .gpu_s();
  const std::int64_t most = std::int64_t{fleet.tenants.front().nodes} * fleet.server.gpus;
  if (demand.gpus_per_replica > most)
    place.refuse("gpus_per_replica", "a replica that the first tenant's nodes can hold",
                 fmt::format("{} GPUs", demand.gpus_per_replica));
  if (!place.length_s) return;
  const double grown =
      std::max(1.0, std::pow(1.0 + setup_.profile.growth_per_year, *place.length_s / models::RateProfile::year_s));
  const double peak_gpus = demand.mean_gpus() * setup_.profile.peak() * grown;
  if (!(peak_gpus <= most_gpus))
    place.refuse({}, "a service of at most a billion GPUs at its peak", fmt::format("one of {:.3g}", peak_gpus));
  if (*place.length_s / setup_.scale_every_s > most_steps)
    place.refuse("scale_every", fmt::format("at most {:.0f} steps from start to end", most_steps),
                 fmt::format("{:.0f}", *place.length_s / setup_.scale_every_s));
}

ReplicaPlan InferenceWork::plan_of(const WorkRun& run) const {
  const Scenario& scenario = run.scenario;
  const double end_s = static_cast<double>((scenario.end.value_or(scenario.start) - scenario.start).count());
  return ReplicaPlan(setup_, {.zone = scenario.sites[run.fleet.site].zone, .start = scenario.start, .end_s = end_s});
}

std::unique_ptr<JobSource> InferenceWork::make_source(const WorkRun& run) const {
  return std::make_unique<InferenceSource>(setup_, plan_of(run));
}

std::unique_ptr<ServiceMeter> InferenceWork::make_meter(const WorkRun& run) const {
  return std::make_unique<ServiceMeter>(setup_, plan_of(run), run.scenario.run_in_s);
}

std::string InferenceWork::words(const FleetSpec& fleet) const {
  const models::InferenceDemand& demand = setup_.demand;
  std::string text = fmt::format(
      "a service of {:.4g} requests a second on average{}, each {:.4g} tokens of {:.4g} s of one GPU",
      demand.requests_per_s, profile_words(setup_.profile), demand.tokens_per_request, demand.gpu_s_per_token);
  const double gpus = demand.mean_gpus();
  text += fmt::format(": {:.6g} GPUs on average", gpus);
  if (demand.target_utilization < 1.0)
    text += fmt::format(" at {:.3g} % of their time", 100 * demand.target_utilization);
  text += fmt::format(", {:.0f} % of the fleet, as replicas of {} set every {}",
                      100.0 * gpus / static_cast<double>(fleet.gpus()), demand.gpus_per_replica,
                      duration_words(setup_.scale_every_s));
  if (!setup_.profile.is_flat())
    text += fmt::format("; at most {} GPUs before growth",
                        demand.replicas(setup_.profile.peak()) * demand.gpus_per_replica);
  return text;
}

}  // namespace chokepoint::sim
