#include "models/training/step_time.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::models {
namespace {

struct DataTime {
  double sharded_s;
  double summed_s;
};

DataTime data_time(const DataTraffic& traffic, int node, double link, double network) {
  const double d = traffic.ranks;
  const int apart = traffic.apart;
  const double cards = traffic.by_one_card ? 1.0 : static_cast<double>(node) / std::min(apart, node);
  const double across = std::min(link, network * cards);
  const double rate = traffic.ranks * apart <= node ? link : across;

  const double shards = traffic.sharded_within_node ? std::min(d, std::max(1.0, 1.0 * node / apart)) : d;
  const double shard_rate = traffic.sharded_within_node ? link : rate;
  const double sharded =
      traffic.reduce_scatters * traffic.reduce_scatter_bytes + traffic.all_gathers * traffic.all_gather_bytes;
  const double sums = traffic.sharded_within_node ? d / shards : d;
  const double sum_rate = traffic.sharded_within_node ? network : rate;
  return {sharded * (shards - 1) / shards / shard_rate, 2 * traffic.allreduce_bytes * (sums - 1) / sums / sum_rate};
}

/// Seconds of a chunk's exchanges, both passes, that nothing hides.
struct ExchangeTime {
  double tensor_s;
  double context_s;
  double expert_s;

  [[nodiscard]] double sum_s() const { return tensor_s + context_s + expert_s; }
};

ExchangeTime exchange_time(const StepWork& work, const ChunkWork& chunk, int node, double link, double network) {
  const ParallelPlan& plan = work.plan;
  const double slower = std::min(link, network);
  const double tensor_rate = plan.tensor <= node ? link : slower;
  // Context ranks across nodes pass keys and values on in rings, each with its share of the node's cards.
  const double context_rate =
      plan.tensor * plan.context <= node ? link : std::min(link, network * node / std::min(plan.tensor, node));
  const double ring = 2.0 * (plan.tensor - 1) / plan.tensor, gather = (plan.context - 1.0) / plan.context;
  const double allreduces = chunk.tensor_allreduces_forward + chunk.tensor_allreduces_backward;
  const double gathers = chunk.context_gathers_forward + chunk.context_gathers_backward;
  const double exchanges = chunk.expert_exchanges_forward + chunk.expert_exchanges_backward;
  return {allreduces * ring * chunk.tensor_allreduce_bytes / tensor_rate * (1 - work.tensor_overlap),
          gathers * gather * chunk.context_gather_bytes / context_rate * (1 - work.context_overlap),
          exchanges * std::max(chunk.expert_link_bytes / link, chunk.expert_network_bytes / network) *
              (1 - work.expert_overlap)};
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

  double slowest_s = 0.0, all_s = 0.0, again_s = 0.0;
  ExchangeTime sent{};
  for (const ChunkWork& chunk : work.stages) {
    const ExchangeTime exchange = exchange_time(work, chunk, setup.hardware.gpus_per_node, link, network);
    const double stage_s = v * (chunk.forward_s + chunk.backward_s + exchange.sum_s());
    all_s += stage_s;
    if (stage_s <= slowest_s) continue;
    slowest_s = stage_s;
    sent = exchange;
    again_s = v * chunk.recompute_s;
  }
  const double hop_rate = plan.gpus() <= setup.hardware.gpus_per_node ? link : network;
  const double hop_s = v * 2 * work.stage_to_stage_bytes / hop_rate * (1 - work.pipeline_overlap);

  StepTime time;
  time.compute_s = m * (slowest_s - v * sent.sum_s());
  time.recompute_s = m * again_s;
  time.tensor_s = m * v * sent.tensor_s;
  time.context_s = m * v * sent.context_s;
  time.expert_s = m * v * sent.expert_s;
  time.pipeline_s = m * hop_s + (plan.pipeline - 1) * hop_s / v;
  time.bubble_s = (all_s - slowest_s) / v;
  const double busy_s = m * slowest_s + time.pipeline_s + time.bubble_s;

  const DataTime whole_model = data_time(work.data, setup.hardware.gpus_per_node, link, network);
  const DataTime experts = data_time(work.expert_data, setup.hardware.gpus_per_node, link, network);
  const bool every_micro_batch = plan.sharding == Sharding::parameters || plan.sharding == Sharding::hybrid;
  const double data_s = whole_model.sharded_s + whole_model.summed_s + experts.sharded_s + experts.summed_s;
  time.data_s = data_s - work.data_overlap * std::min(data_s, every_micro_batch ? busy_s : busy_s / m);
  time.optimizer_s = work.optimizer_s;

  const double nodes = std::max(1.0, static_cast<double>(plan.gpus()) / setup.hardware.gpus_per_node);
  const double whole_s = busy_s + time.data_s + time.optimizer_s;
  time.scale_s = whole_s * constants.scale * std::log2(nodes);
  time.total_s = whole_s + time.scale_s;
  return time;
}

}  // namespace chokepoint::models
