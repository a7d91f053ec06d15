#include "sim/fabric/stage_exchanges.hpp"

#include <utility>

namespace chokepoint::sim {
namespace {

double share_of_others(int ranks) {
  return static_cast<double>(ranks - 1) / ranks;
}

/// What a stage exchanges in a step, as what a member passes on.
struct Traffic {
  const PathSet* shard_rings;
  const PathSet* sum_rings;
  double gathered;
  double scattered;
  double summed;
};

Traffic traffic_of(const models::DataTraffic& data, const models::ParallelPlan& plan, const StepPaths& paths,
                   int stage) {
  const bool in_node = data.sharded_within_node;
  const int shards = in_node ? paths.replicas_in_node() : plan.data;
  const int sums = in_node ? plan.data / shards : plan.data;
  return {.shard_rings = in_node ? &paths.in_node(stage) : &paths.replicas(stage),
          .sum_rings = in_node ? &paths.across(stage) : &paths.replicas(stage),
          .gathered = data.all_gathers * data.all_gather_bytes * share_of_others(shards),
          .scattered = data.reduce_scatters * data.reduce_scatter_bytes * share_of_others(shards),
          .summed = 2 * data.allreduce_bytes * share_of_others(sums)};
}

std::optional<std::size_t> add(ReplicaTraffic& traffic, std::vector<ReplicaExchange::Part> parts) {
  ReplicaExchange exchange;
  for (const auto& part : parts)
    if (part.bytes_passed_on > 0.0) exchange.parts.push_back(part);
  if (exchange.parts.empty()) return std::nullopt;
  return traffic.add(std::move(exchange));
}

}  // namespace

StageExchanges plan_exchanges(const models::StepWork& work, const std::vector<models::PipelinePass>& schedule,
                              const StepPaths& paths, int stage, ReplicaTraffic& traffic) {
  const models::ParallelPlan& plan = work.plan;
  StageExchanges result;
  result.passes.resize(schedule.size());
  if (plan.data == 1) return result;
  const Traffic all = traffic_of(work.data, plan, paths, stage);
  const double hidden = work.data_overlap;
  const bool every_pass = plan.pipeline == 1 &&
                          (plan.sharding == models::Sharding::parameters || plan.sharding == models::Sharding::hybrid);
  const double m = work.micro_batches;
  for (std::size_t i = 0; i < schedule.size(); ++i) {
    const models::PipelinePass& pass = schedule[i];
    StageExchanges::OfPass& exchanges = result.passes[i];
    const bool last = !pass.forward && pass.micro_batch == work.micro_batches - 1;
    if (every_pass) {
      const auto parts = [&](double share) {
        return std::vector<ReplicaExchange::Part>{
            {all.shard_rings, share * (all.gathered / 2 + (pass.forward ? 0.0 : all.scattered)) / m}};
      };
      exchanges.beside = add(traffic, parts(hidden));
      exchanges.after = add(traffic, parts(1 - hidden));
      if (last) exchanges.beside_and_on = add(traffic, {{all.sum_rings, hidden * all.summed}});
      continue;
    }
    const double share = hidden / plan.interleave;
    if (pass.forward && pass.micro_batch == 0) {
      exchanges.beside = add(traffic, {{all.shard_rings, share * all.gathered}});
      if (exchanges.beside) result.opening.push_back(*exchanges.beside);
    }
    if (last)
      exchanges.beside_and_on =
          add(traffic, {{all.shard_rings, share * all.scattered}, {all.sum_rings, share * all.summed}});
  }
  const double rest = 1 - hidden;
  result.before_optimizer =
      add(traffic, {{all.shard_rings, every_pass ? 0.0 : rest * all.scattered}, {all.sum_rings, rest * all.summed}});
  result.after_optimizer = add(traffic, {{all.shard_rings, every_pass ? 0.0 : rest * all.gathered}});
  return result;
}

}  // namespace chokepoint::sim
