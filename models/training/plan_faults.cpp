#include "models/training/plan_faults.hpp"

#include <cstdint>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

std::string number(std::int64_t value) {
  return std::to_string(value);
}

}  // namespace

std::vector<std::string> plan_faults(const TrainingTask& task, const ParallelPlan& plan, int gpus_per_node) {
  expects(gpus_per_node > 0, "plan_faults: at least one GPU a node");
  const Transformer& model = task.model;
  std::vector<std::string> faults;
  for (const int ranks :
       {plan.tensor, plan.pipeline, plan.data, plan.context, plan.expert, plan.micro_batch, plan.interleave}) {
    if (ranks >= 1) continue;
    faults.push_back("every number of a plan is at least 1; found " + number(ranks));
    return faults;
  }

  if (model.heads % plan.tensor != 0)
    faults.push_back("tensor " + number(plan.tensor) + " does not divide " + number(model.heads) + " heads");
  else if (model.kv_heads % plan.tensor != 0 && plan.tensor % model.kv_heads != 0)
    faults.push_back("tensor " + number(plan.tensor) + " and " + number(model.kv_heads) +
                     " groups of keys and values do not divide each other");
  if (plan.pipeline > model.layers)
    faults.push_back("pipeline " + number(plan.pipeline) + " has more stages than " + number(model.layers) + " layers");
  const std::int64_t chunks = std::int64_t{plan.pipeline} * plan.interleave;
  if (plan.interleave > 1 && plan.pipeline == 1) faults.push_back("interleaved stages need a pipeline of 2 or more");
  // The first and the last chunk may be a layer short, beside embedding and head (Llama 3: 126 layers in 128 places).
  const std::int64_t places = (model.layers + chunks - 1) / chunks * chunks;
  if (plan.interleave > 1 && places - model.layers > 2)
    faults.push_back("pipeline " + number(plan.pipeline) + " x interleave " + number(plan.interleave) +
                     " does not divide " + number(model.layers) + " layers");
  if (task.sequence % plan.context != 0)
    faults.push_back("context " + number(plan.context) + " does not divide a sequence of " + number(task.sequence));

  const std::int64_t together = std::int64_t{plan.data} * plan.micro_batch;
  if (task.global_batch % together != 0)
    faults.push_back("data " + number(plan.data) + " x micro-batch " + number(plan.micro_batch) +
                     " does not divide a batch of " + number(task.global_batch) + " sequences");
  else if (plan.interleave > 1 && task.global_batch / together % plan.pipeline != 0)
    faults.push_back("interleaved stages need micro-batches in multiples of pipeline " + number(plan.pipeline) +
                     "; found " + number(task.global_batch / together));

  if (!model.experts && plan.expert > 1)
    faults.push_back("expert " + number(plan.expert) + " needs a mixture of experts");
  if (model.experts && model.experts->experts % plan.expert != 0)
    faults.push_back("expert " + number(plan.expert) + " does not divide " + number(model.experts->experts) +
                     " experts");
  const std::int64_t holders = std::int64_t{plan.tensor} * plan.context * plan.data;
  if (holders % plan.expert != 0)
    faults.push_back("expert " + number(plan.expert) + " does not divide " + number(holders) +
                     " ranks of tensor, context and data");
  if (plan.gpus() > gpus_per_node && plan.gpus() % gpus_per_node != 0)
    faults.push_back(number(plan.gpus()) + " GPUs do not fill nodes of " + number(gpus_per_node));
  return faults;
}

}  // namespace chokepoint::models
