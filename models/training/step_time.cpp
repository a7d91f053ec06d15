#include "models/training/step_time.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::models {
namespace {

struct DataTime {
  double gathered_s;
  double scattered_s;
  double summed_s;

  [[nodiscard]] double total_s() const { return gathered_s + scattered_s + summed_s; }
};

DataTime data_time(const TrainingSetup& setup, const DataTraffic& traffic, double link, double network) {
  const ParallelPlan& plan = setup.plan;
  const int node = setup.hardware.gpus_per_node;
  const double d = plan.data;
  const int apart = plan.tensor * plan.context;
  const double across = std::min(link, network * node / std::min(apart, node));
  const double rate = plan.data * apart <= node ? link : across;

  const double shards = traffic.sharded_within_node ? std::min(d, std::max(1.0, 1.0 * node / apart)) : d;
  const double shard_rate = traffic.sharded_within_node ? link : rate;
  const double s_a_byte = (shards - 1) / shards / shard_rate;
  const double sums = traffic.sharded_within_node ? d / shards : d;
  const double sum_rate = traffic.sharded_within_node ? network : rate;
  return {.gathered_s = traffic.all_gathers * traffic.all_gather_bytes * s_a_byte,
          .scattered_s = traffic.reduce_scatters * traffic.reduce_scatter_bytes * s_a_byte,
          .summed_s = 2 * traffic.allreduce_bytes * (sums - 1) / sums / sum_rate};
}

/// Traffic of all chunks that runs beside passes, the pass of one chunk, and the send after it.
struct Beside {
  double traffic_s = 0.0;
  double pass_s = 0.0;
  double send_s = 0.0;
};

/// What hidden traffic costs nevertheless. The share of a chunk may outlast its pass: those of the first chunk and of
/// the last are as many passes apart as the other chunks have stages (Narayanan et al., section 2.2). And sends of
/// passes meanwhile get half of a card.
double cost_s(const Beside& beside, const ParallelPlan& plan) {
  const double v = plan.interleave;
  const double overrun_s = std::max(
      {0.0, beside.traffic_s / v - beside.pass_s, beside.traffic_s - ((v - 1) * plan.pipeline + 1) * beside.pass_s});
  return overrun_s + (beside.traffic_s - overrun_s) * beside.send_s / beside.pass_s;
}

/// Forward and backward pass of a chunk, with the tensor traffic that nothing hides.
struct PassTime {
  double forward_s = 0.0;
  double backward_s = 0.0;
};

}  // namespace

StepTime step_time(const TrainingSetup& setup, const StepConstants& constants) {
  return step_time(setup, step_work(setup, constants), constants);
}

StepTime step_time(const TrainingSetup& setup, const StepWork& work, const StepConstants& constants) {
  const ParallelPlan& plan = setup.plan;
  const double link = constants.link * setup.hardware.link_bytes_per_s;
  const double network = constants.network * setup.hardware.network_bytes_per_s;
  const double v = plan.interleave;
  const double m = work.micro_batches;

  const double ring = 2.0 * (plan.tensor - 1) / plan.tensor;
  const double tensor_rate = plan.tensor <= setup.hardware.gpus_per_node ? link : std::min(link, network);
  const double s_an_allreduce_byte = ring / tensor_rate * (1 - work.tensor_overlap);
  const double hop_rate = plan.gpus() <= setup.hardware.gpus_per_node ? link : network;
  const double hop_s = work.stage_to_stage_bytes / hop_rate;
  double slowest_s = 0.0, all_s = 0.0, tensor_s = 0.0, again_s = 0.0, hops_s = 0.0;
  PassTime pass;
  for (std::size_t stage = 0; stage < work.stages.size(); ++stage) {
    const ChunkWork& chunk = work.stages[stage];
    const double a_sum_s = chunk.tensor_allreduce_bytes * s_an_allreduce_byte;
    const double traffic_s = v * (chunk.tensor_allreduces_forward + chunk.tensor_allreduces_backward) * a_sum_s;
    const double stage_s = v * (chunk.forward_s + chunk.backward_s) + traffic_s;
    // The last stage sends nothing on from its last chunk, and the first nothing back from its first.
    const int ends = (stage == 0 ? 1 : 0) + (stage + 1 == work.stages.size() ? 1 : 0);
    const double sends_s = (2 * v - ends) * hop_s;
    all_s += stage_s;
    if (stage_s + sends_s <= slowest_s + hops_s) continue;
    slowest_s = stage_s;
    hops_s = sends_s;
    tensor_s = traffic_s;
    again_s = v * chunk.recompute_s;
    pass = {chunk.forward_s + chunk.tensor_allreduces_forward * a_sum_s,
            chunk.backward_s + chunk.tensor_allreduces_backward * a_sum_s};
  }

  StepTime time;
  time.compute_s = m * (slowest_s - tensor_s);
  time.recompute_s = m * again_s;
  time.tensor_s = m * tensor_s;
  // The last send of the slowest stage is one of those that drain the pipeline.
  if (plan.pipeline > 1) time.pipeline_s = m * hops_s + (2 * (plan.pipeline - 1) - 1) * hop_s;
  time.bubble_s = (all_s - slowest_s) / v;
  const double busy_s = time.compute_s + time.tensor_s + time.pipeline_s + time.bubble_s;

  const DataTime data = data_time(setup, work.data, link, network);
  const bool every_micro_batch = plan.sharding == Sharding::parameters || plan.sharding == Sharding::hybrid;
  const double hidden_s = work.data_overlap * data.total_s();
  const bool same_cards = plan.pipeline > 1 && plan.tensor * plan.context * plan.data > setup.hardware.gpus_per_node;
  const double crossing_s = same_cards ? hop_s : 0.0;
  time.data_s = data.total_s() - hidden_s;
  if (every_micro_batch)
    time.data_s += std::max(0.0, hidden_s - busy_s);
  else
    time.data_s += cost_s({work.data_overlap * data.gathered_s, pass.forward_s, crossing_s}, plan) +
                   cost_s({work.data_overlap * (data.scattered_s + data.summed_s), pass.backward_s, crossing_s}, plan);
  time.optimizer_s = work.optimizer_s;

  const double nodes = std::max(1.0, static_cast<double>(plan.gpus()) / setup.hardware.gpus_per_node);
  const double whole_s = busy_s + time.data_s + time.optimizer_s;
  time.scale_s = whole_s * constants.scale * std::log2(nodes);
  time.total_s = whole_s + time.scale_s;
  return time;
}

}  // namespace chokepoint::models
