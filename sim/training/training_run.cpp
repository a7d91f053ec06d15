#include "sim/training/training_run.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "models/training/framework_list.hpp"
#include "models/training/plan_faults.hpp"
#include "models/training/step_phases.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/near_name.hpp"
#include "sim/training/catalogue_hardware.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::sim {
namespace {

using models::TrainingSetup;

class Faults {
 public:
  void add(std::string field, std::string expected, std::string found, std::string hint = {}) {
    faults_.push_back({.file = {},
                       .where = std::move(field),
                       .expected = std::move(expected),
                       .found = std::move(found),
                       .hint = std::move(hint)});
  }
  void throw_if_any() { sim::throw_if_any(std::move(faults_)); }

 private:
  std::vector<Fault> faults_;
};

std::string gigabytes(double bytes) {
  return fmt::format("{:.1f} GB", bytes / 1e9);
}

/// The task and its hardware; faults that need no plan.
TrainingSetup setup_of(const TrainingOrder& order, const models::Server& server, int gpus, Faults& faults) {
  TrainingSetup setup;
  setup.hardware = training_hardware(server);
  setup.framework =
      models::framework_traits(order.framework, order.precision, models::hopper_or_later(server.accelerator));
  if (!models::is_known_framework(order.framework))
    faults.add("framework", "the name of a known framework", '"' + order.framework + '"',
               name_hint(order.framework, models::framework_names()));
  const int node = setup.hardware.gpus_per_node;
  if (gpus > node && gpus % node != 0)
    faults.add("gpus", fmt::format("a multiple of the {} GPUs of {}", node, server.name), std::to_string(gpus),
               fmt::format("{} or {}", gpus / node * node, (gpus / node + 1) * node));
  if (order.precision == models::Precision::fp8 && !setup.hardware.fp8_matmul_flop_per_s)
    faults.add("precision", fmt::format("a format that {} has", server.accelerator.name), "fp8");

  const Entry<LanguageModel>* entry = catalogue().language_models.find(order.model);
  if (entry == nullptr) {
    faults.add("model", "the name of a language model in the catalogue", '"' + order.model + '"',
               name_hint(order.model, catalogue().language_models.names()));
    return setup;
  }
  const LanguageModel& model = entry->value;
  setup.task = {.model = model.shape,
                .sequence = order.sequence.value_or(model.shape.sequence),
                .global_batch = order.batch.value_or(static_cast<int>(model.batch.value_or(0))),
                .precision = order.precision};
  if (setup.task.global_batch == 0)
    faults.add("batch", fmt::format("sequences of a step of {}, which the catalogue does not know", order.model),
               "none");
  if (!order.tokens && !model.tokens)
    faults.add("tokens", fmt::format("tokens to train {} on, which the catalogue does not know", order.model), "none");
  return setup;
}

void check_plan(const TrainingSetup& setup, int gpus, Faults& faults) {
  for (std::string& why : models::plan_faults(setup.task, setup.plan, setup.hardware.gpus_per_node))
    faults.add("plan", "a plan that divides", std::move(why));
  if (setup.plan.gpus() != gpus)
    faults.add("plan", fmt::format("ranks for {} GPUs", gpus), std::to_string(setup.plan.gpus()));
}

/// Whether any plan spreads the batch over so many GPUs, memory aside.
bool divides(TrainingSetup setup, int gpus) {
  const int node = setup.hardware.gpus_per_node;
  for (int tensor = 1; tensor <= std::min(gpus, node); tensor *= 2)
    for (int pipeline = 1; pipeline <= setup.task.model.layers && tensor * pipeline <= gpus; ++pipeline) {
      if (gpus % (tensor * pipeline) != 0) continue;
      setup.plan = {.tensor = tensor, .pipeline = pipeline, .data = gpus / (tensor * pipeline)};
      if (models::plan_faults(setup.task, setup.plan, node).empty()) return true;
    }
  return false;
}

/// The next smaller number of GPUs over which the batch can be spread.
std::string smaller_number(const TrainingSetup& setup, int gpus) {
  const int node = setup.hardware.gpus_per_node;
  const int step = gpus > node ? node : 1;
  for (int fewer = gpus - step; fewer > 0; fewer -= step)
    if (divides(setup, fewer)) return fmt::format("{} would do, or another batch", fewer);
  return {};
}

void refuse_search(const TrainingSetup& setup, const models::PlanSearch& search, const models::Server& server, int gpus,
                   Faults& faults) {
  const std::string run = fmt::format("{} on {} GPUs of {}", setup.task.model.name, gpus, server.name);
  if (!search.least_memory_too_large) {
    faults.add("gpus",
               fmt::format("a number of GPUs that some plan divides with a batch of {}", setup.task.global_batch),
               std::to_string(gpus), smaller_number(setup, gpus));
    return;
  }
  const models::RatedPlan& least = *search.least_memory_too_large;
  faults.add("gpus",
             fmt::format("a plan for {} within {} of a GPU's {}", run,
                         gigabytes(models::usable_memory_share * setup.hardware.memory_bytes),
                         gigabytes(setup.hardware.memory_bytes)),
             fmt::format("{} at least ({})", gigabytes(least.memory.total_bytes()), plan_text(least.plan)));
}

/// The step with this share of tensor traffic hidden, all else as fitted.
double step_with_overlap(const TrainingSetup& setup, double overlap) {
  models::StepWork work = models::step_work(setup);
  work.tensor_overlap = overlap;
  return models::step_time(setup, work).total_s;
}

}  // namespace

double TrainingRun::communication_share() const {
  const bool tensor_leaves_nodes = setup.plan.tensor > setup.hardware.gpus_per_node;
  return (step.pipeline_s + step.data_s + step.context_s + step.expert_s +
          (tensor_leaves_nodes ? step.tensor_s : 0.0)) /
         step.total_s;
}

TrainingRun training_run(const TrainingOrder& order, const models::Server& server, int gpus, std::size_t plans) {
  Faults faults;
  TrainingRun run;
  run.setup = setup_of(order, server, gpus, faults);
  const bool knows_task = run.setup.task.global_batch > 0;
  if (order.plan && knows_task) {
    run.setup.plan = *order.plan;
    check_plan(run.setup, gpus, faults);
  }
  faults.throw_if_any();

  if (!order.plan || plans > 0)
    run.search = models::search_plans(run.setup, gpus, std::max<std::size_t>(plans, 1), models::usable_memory_share);
  if (!order.plan && run.search.best.empty()) refuse_search(run.setup, run.search, server, gpus, faults);
  faults.throw_if_any();
  if (!order.plan) run.setup.plan = run.search.best.front().plan;

  run.memory = models::memory_per_gpu(run.setup);
  const double room = models::usable_memory_share * run.setup.hardware.memory_bytes;
  if (run.memory.total_bytes() > room)
    faults.add("plan",
               fmt::format("at most {} of a GPU's {} on {}", gigabytes(room),
                           gigabytes(run.setup.hardware.memory_bytes), server.name),
               gigabytes(run.memory.total_bytes()));
  faults.throw_if_any();

  run.step = models::step_time(run.setup);
  run.utilization = models::utilization(run.setup, run.step.total_s);
  run.step_all_hidden_s =
      run.setup.framework.overlaps_tensor_traffic ? step_with_overlap(run.setup, 1.0) : run.step.total_s;
  run.step_none_hidden_s = step_with_overlap(run.setup, 0.0);
  const LanguageModel& model = catalogue().language_models.at(order.model).value;
  run.tokens = order.tokens ? *order.tokens : *model.tokens;
  run.phases = models::phases_of_step(run.step);
  run.power = models::resolved_by_phase(server.power, models::typical_communicating_share);
  return run;
}

}  // namespace chokepoint::sim
