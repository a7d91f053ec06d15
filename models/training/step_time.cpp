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

DataTime data_time(const DataTraffic& traffic, int node, double link, double network) {
  const double d = traffic.ranks;
  const int apart = traffic.apart;
  const double cards = traffic.by_one_card ? 1.0 : static_cast<double>(node) / std::min(apart, node);
  const double across = std::min(link, network * cards);
  const double rate = traffic.ranks * apart <= node ? link : across;

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

/// The share of a chunk may outlast its pass: those of the first chunk and of the last are as many passes apart as the
/// other chunks have stages (Narayanan et al., section 2.2).
double overrun_s(const Beside& beside, const ParallelPlan& plan) {
  const double v = plan.interleave;
  return std::max(
      {0.0, beside.traffic_s / v - beside.pass_s, beside.traffic_s - ((v - 1) * plan.pipeline + 1) * beside.pass_s});
}

/// What hidden traffic costs nevertheless: it overruns, and sends of passes meanwhile get half of a card.
double cost_s(const Beside& beside, const ParallelPlan& plan) {
  const double over_s = overrun_s(beside, plan);
  return over_s + (beside.traffic_s - over_s) * beside.send_s / beside.pass_s;
}

/// Round of a micro-batch through all stages for one chunk: what hidden sends take of it, and what stages wait anyway.
struct Round {
  double sends_s;
  double slack_s;
};

/// What sums cost that run beside the last passes of chunks. Where those of a chunk outlast its pass, they meet the
/// send behind the pass; and the last micro-batch meets them so at every stage of every round, which all stages wait
/// for where hidden sends leave no slack.
double cost_of_sums_s(const Beside& beside, const ParallelPlan& plan, const Round& round) {
  const double v = plan.interleave;
  // The hidden share of the send before the pass has taken its part of the card.
  const double left_s = beside.traffic_s / v + round.sends_s / plan.pipeline - beside.pass_s;
  const double met_s = plan.pipeline * std::clamp(left_s, 0.0, beside.send_s);
  const double longer_s =
      std::max(0.0, round.sends_s + met_s - round.slack_s) - std::max(0.0, round.sends_s - round.slack_s);
  return std::max(cost_s(beside, plan), overrun_s(beside, plan) + (v - 1) * longer_s + met_s);
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

  const double hop_rate = plan.gpus() <= setup.hardware.gpus_per_node ? link : network;
  const double hop_s = work.stage_to_stage_bytes / hop_rate;
  double slowest_s = 0.0, all_s = 0.0, again_s = 0.0, hops_s = 0.0, forward_s = 0.0;
  double all_forward_s = 0.0;
  ExchangeTime sent{};
  for (std::size_t stage = 0; stage < work.stages.size(); ++stage) {
    const ChunkWork& chunk = work.stages[stage];
    const ExchangeTime exchange = exchange_time(work, chunk, setup.hardware.gpus_per_node, link, network);
    const double stage_s = v * (chunk.forward_s + chunk.backward_s + exchange.sum_s());
    // The last stage sends nothing on from its last chunk, and the first nothing back from its first.
    const int ends = (stage == 0 ? 1 : 0) + (stage + 1 == work.stages.size() ? 1 : 0);
    const double sends_s = (2 * v - ends) * hop_s * (1 - work.pipeline_overlap);
    const double sums = chunk.tensor_allreduces_forward + chunk.tensor_allreduces_backward;
    const double pass_s =
        chunk.forward_s + (sums > 0 ? exchange.tensor_s * chunk.tensor_allreduces_forward / sums : 0.0);
    all_forward_s += pass_s;
    all_s += stage_s;
    if (stage_s + sends_s <= slowest_s + hops_s) continue;
    slowest_s = stage_s;
    hops_s = sends_s;
    sent = exchange;
    forward_s = pass_s;
    again_s = v * chunk.recompute_s;
  }

  StepTime time;
  time.compute_s = m * (slowest_s - v * sent.sum_s());
  time.recompute_s = m * again_s;
  time.tensor_s = m * v * sent.tensor_s;
  time.context_s = m * v * sent.context_s;
  time.expert_s = m * v * sent.expert_s;
  // Nothing hides the sends that fill and drain the pipeline; the last of the slowest stage is one of them.
  if (plan.pipeline > 1) time.pipeline_s = m * hops_s + (2 * (plan.pipeline - 1) - 1) * hop_s;
  // While the pipeline fills, a chunk begins when the first micro-batch has come round all stages, hidden sends and
  // all, as a stage has as many micro-batches of a chunk as the pipeline has stages; and so while it drains.
  const double p = plan.pipeline;
  const double round_s = p * work.pipeline_overlap * hop_s;
  const double backward_s = slowest_s / v - forward_s;
  const double forward_slack_s = p * forward_s - all_forward_s;
  const double backward_slack_s = p * backward_s - (all_s / v - all_forward_s);
  time.pipeline_s += (v - 1) * (std::max(0.0, round_s - forward_slack_s) + std::max(0.0, round_s - backward_slack_s));
  time.bubble_s = (all_s - slowest_s) / v;
  const double busy_s = m * slowest_s + time.pipeline_s + time.bubble_s;

  const DataTime whole_model = data_time(work.data, setup.hardware.gpus_per_node, link, network);
  const DataTime experts = data_time(work.expert_data, setup.hardware.gpus_per_node, link, network);
  const bool every_micro_batch = plan.sharding == Sharding::parameters || plan.sharding == Sharding::hybrid;
  const double data_s = whole_model.total_s() + experts.total_s();
  const double hidden_s = work.data_overlap * (every_micro_batch ? std::min(data_s, busy_s) : data_s);
  time.data_s = data_s - hidden_s;
  if (!every_micro_batch) {
    const bool same_cards = plan.pipeline > 1 && work.data.apart * work.data.ranks > setup.hardware.gpus_per_node;
    const double send_s = same_cards ? hop_s : 0.0;
    const double gathered_s = work.data_overlap * (whole_model.gathered_s + experts.gathered_s);
    const Beside sums{hidden_s - gathered_s, backward_s, send_s};
    time.data_s +=
        cost_s({gathered_s, forward_s, send_s}, plan) +
        (work.pipeline_overlap > 0.0 ? cost_of_sums_s(sums, plan, {round_s, backward_slack_s}) : cost_s(sums, plan));
  }
  time.optimizer_s = work.optimizer_s;

  const double nodes = std::max(1.0, static_cast<double>(plan.gpus()) / setup.hardware.gpus_per_node);
  const double whole_s = busy_s + time.data_s + time.optimizer_s;
  time.scale_s = whole_s * constants.scale * std::log2(nodes);
  time.total_s = whole_s + time.scale_s;
  return time;
}

}  // namespace chokepoint::models
