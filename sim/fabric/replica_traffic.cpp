#include "sim/fabric/replica_traffic.hpp"

#include <utility>

namespace chokepoint::sim {

double ReplicaExchange::bytes() const {
  double sum = 0.0;
  for (const Part& part : parts) sum += part.bytes_passed_on;
  return sum;
}

ReplicaTraffic::ReplicaTraffic(FlowNetwork& network, int replicas, std::uint64_t id)
    : network_(network), replicas_(replicas), id_(id) {}

std::size_t ReplicaTraffic::add(ReplicaExchange exchange) {
  exchanges_.push_back(std::move(exchange));
  states_.emplace_back();
  return exchanges_.size() - 1;
}

void ReplicaTraffic::join(std::size_t exchange) {
  if (++states_[exchange].joined == replicas_) next_part(exchange);
}

void ReplicaTraffic::next_part(std::size_t exchange) {
  State& state = states_[exchange];
  if (state.part == exchanges_[exchange].parts.size()) {
    state.ended = true;
    ended_(exchange);
    return;
  }
  const ReplicaExchange::Part& part = exchanges_[exchange].parts[state.part++];
  state.flows = part.rings->ways.size();
  if (state.flows == 0) return next_part(exchange);
  for (const PathSet::Way& way : part.rings->ways)
    network_.start({.path = way.path,
                    .bytes = part.bytes_passed_on / way.channels,
                    .handler = this,
                    .argument = exchange,
                    .id = id_});
}

void ReplicaTraffic::on_event(std::uint64_t argument) {
  const auto exchange = static_cast<std::size_t>(argument);
  if (--states_[exchange].flows == 0) next_part(exchange);
}

}  // namespace chokepoint::sim
