#include "sim/fabric/collective.hpp"

#include <algorithm>
#include <utility>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {
enum Argument : std::uint64_t { waited, arrived };
}

double CollectiveRounds::step_s(Gpus gpus) const {
  const int node = graph_.node_of(gpus.front());
  const bool inside = std::ranges::all_of(gpus, [&](int gpu) { return graph_.node_of(gpu) == node; });
  return inside ? latency_.link_s : latency_.network_s;
}

CollectiveRound CollectiveRounds::ring(Gpus gpus, double bytes, double passes) const {
  const auto n = static_cast<double>(gpus.size());
  return {.latency_s = passes * (n - 1) * step_s(gpus),
          .load = models::ring_load(graph_, gpus),
          .bytes_passed_on = passes * (n - 1) / n * bytes};
}

std::vector<CollectiveRound> CollectiveRounds::all_gather(Gpus gpus, double bytes) const {
  return {ring(gpus, bytes, 1.0)};
}

std::vector<CollectiveRound> CollectiveRounds::reduce_scatter(Gpus gpus, double bytes) const {
  return {ring(gpus, bytes, 1.0)};
}

std::vector<CollectiveRound> CollectiveRounds::allreduce(Gpus gpus, double bytes) const {
  return {ring(gpus, bytes, 2.0)};
}

std::vector<CollectiveRound> CollectiveRounds::all_to_all(Gpus gpus, double bytes) const {
  const auto n = static_cast<double>(gpus.size());
  return {{.latency_s = (n - 1) * step_s(gpus),
           .load = models::all_to_all_load(graph_, gpus),
           .bytes_passed_on = bytes / n}};
}

std::vector<CollectiveRound> CollectiveRounds::point_to_point(int from, int to, double bytes) const {
  const std::vector ends{from, to};
  return {{.latency_s = step_s(ends),
           .load = models::pairs_load(graph_, Gpus(ends).first(1), Gpus(ends).last(1)),
           .bytes_passed_on = bytes}};
}

std::vector<CollectiveRound> CollectiveRounds::hierarchical_allreduce(Gpus gpus, double bytes) const {
  const auto in_node = static_cast<std::size_t>(graph_.shape().gpus_per_node);
  models::expects(gpus.size() % in_node == 0, "a hierarchical collective has whole nodes");
  const std::size_t nodes = gpus.size() / in_node;
  CollectiveRound inside;
  CollectiveRound across;
  for (std::size_t node = 0; node < nodes; ++node) {
    const CollectiveRound part = ring(gpus.subspan(node * in_node, in_node), bytes, 1.0);
    inside.load.add(part.load);
    inside.latency_s = part.latency_s;
    inside.bytes_passed_on = part.bytes_passed_on;
  }
  for (std::size_t rail = 0; rail < in_node; ++rail) {
    std::vector<int> likes;
    for (std::size_t node = 0; node < nodes; ++node) likes.push_back(gpus[node * in_node + rail]);
    const CollectiveRound part = ring(likes, bytes / static_cast<double>(in_node), 2.0);
    across.load.add(part.load);
    across.latency_s = part.latency_s;
    across.bytes_passed_on = part.bytes_passed_on;
  }
  return {inside, across, inside};
}

RunningCollective::RunningCollective(Kernel& kernel, FlowNetwork& network, std::vector<CollectiveRound> rounds)
    : kernel_(kernel), network_(network), rounds_(std::move(rounds)) {
  for (const CollectiveRound& round : rounds_) paths_.push_back(network_.path(round.load.uses));
}

void RunningCollective::start(std::function<void()> done) {
  done_ = std::move(done);
  next_round();
}

void RunningCollective::next_round() {
  if (round_ == rounds_.size()) return done_();
  kernel_.schedule({.time_s = kernel_.now_s() + rounds_[round_].latency_s, .handler = this, .argument = waited});
}

void RunningCollective::on_event(std::uint64_t argument) {
  if (argument == arrived) {
    ++round_;
    return next_round();
  }
  network_.start({.path = paths_[round_],
                  .bytes = rounds_[round_].bytes_passed_on / rounds_[round_].load.channels,
                  .handler = this,
                  .argument = arrived});
}

}  // namespace chokepoint::sim
