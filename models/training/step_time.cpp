#include "models/training/step_time.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::models {
namespace {

struct DataTime {
  double sharded_s;
  double summed_s;
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
  const double sharded =
      traffic.reduce_scatters * traffic.reduce_scatter_bytes + traffic.all_gathers * traffic.all_gather_bytes;
  const double sums = traffic.sharded_within_node ? d / shards : d;
  const double sum_rate = traffic.sharded_within_node ? network : rate;
  return {sharded * (shards - 1) / shards / shard_rate, 2 * traffic.allreduce_bytes * (sums - 1) / sums / sum_rate};
}

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
  double slowest_s = 0.0, all_s = 0.0, tensor_s = 0.0, again_s = 0.0;
  for (const ChunkWork& chunk : work.stages) {
    const double allreduces = chunk.tensor_allreduces_forward + chunk.tensor_allreduces_backward;
    const double traffic_s =
        v * allreduces * ring * chunk.tensor_allreduce_bytes / tensor_rate * (1 - work.tensor_overlap);
    const double stage_s = v * (chunk.forward_s + chunk.backward_s) + traffic_s;
    all_s += stage_s;
    if (stage_s <= slowest_s) continue;
    slowest_s = stage_s;
    tensor_s = traffic_s;
    again_s = v * chunk.recompute_s;
  }
  const double hop_rate = plan.gpus() <= setup.hardware.gpus_per_node ? link : network;
  const double hop_s = v * 2 * work.stage_to_stage_bytes / hop_rate;

  StepTime time;
  time.compute_s = m * (slowest_s - tensor_s);
  time.recompute_s = m * again_s;
  time.tensor_s = m * tensor_s;
  time.pipeline_s = m * hop_s + (plan.pipeline - 1) * hop_s / v;
  time.bubble_s = (all_s - slowest_s) / v;
  const double busy_s = time.compute_s + time.tensor_s + time.pipeline_s + time.bubble_s;

  const auto [sharded_s, summed_s] = data_time(setup, work.data, link, network);
  const bool every_micro_batch = plan.sharding == Sharding::parameters || plan.sharding == Sharding::hybrid;
  const double data_s = sharded_s + summed_s;
  time.data_s = data_s - work.data_overlap * std::min(data_s, every_micro_batch ? busy_s : busy_s / m);
  time.optimizer_s = work.optimizer_s;

  const double nodes = std::max(1.0, static_cast<double>(plan.gpus()) / setup.hardware.gpus_per_node);
  const double whole_s = busy_s + time.data_s + time.optimizer_s;
  time.scale_s = whole_s * constants.scale * std::log2(nodes);
  time.total_s = whole_s + time.scale_s;
  return time;
}

}  // namespace chokepoint::models
