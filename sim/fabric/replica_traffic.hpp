#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "sim/fabric/step_paths.hpp"

namespace chokepoint::sim {

/// One exchange among the replicas of a stage: parts one after the other, each the bytes that a member passes on over
/// rings. It begins when all replicas have come to it.
struct ReplicaExchange {
  struct Part {
    const PathSet* rings = nullptr;
    double bytes_passed_on = 0.0;
  };
  std::vector<Part> parts;

  [[nodiscard]] double bytes() const;
};

/// The exchanges of one stage's replicas in a step, known by number.
class ReplicaTraffic final : public EventHandler {
 public:
  /// Called for every exchange that has ended.
  using Ended = std::function<void(std::size_t exchange)>;

  ReplicaTraffic(FlowNetwork& network, int replicas, std::uint64_t id);

  void on_end(Ended ended) { ended_ = std::move(ended); }
  /// Gives its number.
  std::size_t add(ReplicaExchange exchange);
  /// One more replica has come to the exchange.
  void join(std::size_t exchange);
  [[nodiscard]] bool ended(std::size_t exchange) const { return states_[exchange].ended; }

  void on_event(std::uint64_t argument) override;

 private:
  struct State {
    int joined = 0;
    std::size_t part = 0;
    std::size_t flows = 0;
    bool ended = false;
  };
  void next_part(std::size_t exchange);

  FlowNetwork& network_;
  int replicas_;
  std::uint64_t id_;
  std::vector<ReplicaExchange> exchanges_;
  std::vector<State> states_;
  Ended ended_;
};

}  // namespace chokepoint::sim
