#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "models/reliability/failure_table.hpp"
#include "sim/fleet/fleet.hpp"
#include "sim/kernel/four_ary_heap.hpp"
#include "sim/kernel/kernel.hpp"
#include "sim/kernel/random_stream.hpp"

namespace chokepoint::sim {

/// What fails in a fleet, how often, and what follows. Times in s.
struct FailureSetup {
  std::vector<models::FailureCause> causes;
  /// The chance that a node is a lemon, and how many times as often its hardware and shared software fail.
  double lemon_share = 0.0;
  double lemon_multiple = 1.0;
  /// After so many failures of its hardware a node comes back from repair as another one, that is no lemon; 0: never.
  std::uint32_t replaced_after = 0;
  /// Mean, exponential; 0 where a node comes back at once.
  double repair_s = 0.0;
  /// Nodes that take no work until another one fails: at the start those with the highest numbers.
  std::uint32_t spares = 0;
};

/// One failure that struck work.
struct NodeFailure {
  double time_s = 0.0;
  std::uint32_t node = 0;
  std::uint32_t cause = 0;
  Fleet::Struck struck;
  /// When the node is up again; none where it stayed up.
  std::optional<double> up_s{};
  /// The spare that took its place.
  std::optional<std::uint32_t> spare{};
  /// Its hardware failed, and every spare was in use.
  bool without_spare = false;
};

/// Breaks the nodes of a fleet at random, by cause. A node's hardware goes down for its repair, and a spare takes its
/// place; shared software interrupts the job of one GPU of the node; a cause of the job's own does so too, and less
/// often in jobs of more nodes than it grows with.
///
/// Each node has dates of its own at which something might fail, exponential at its full rate, from the stream
/// "STREAM/nodes/NUMBER/failures", numbered within their part; nothing happens where nothing works there at that date
/// (rates are measured on nodes at work). So a node's draws depend neither on other nodes nor on what the scheduler
/// does. One event stands for the next date of all nodes: O(log nodes) a date.
class NodeFailures final : public EventHandler {
 public:
  /// Neighbouring nodes, and what the names of their random streams begin with.
  struct Nodes {
    std::string stream;
    std::uint32_t count = 0;
  };
  struct Chance {
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
    /// All of the fleet's, in order.
    std::vector<Nodes> nodes;
  };
  /// `fleet` outlives this and tracks its nodes. Nothing is scheduled once the fleet is done.
  NodeFailures(Kernel& kernel, Fleet& fleet, FailureSetup setup, const Chance& chance, std::uint64_t id);

  [[nodiscard]] const FailureSetup& setup() const { return setup_; }
  /// Failures that struck work, in order of their dates.
  [[nodiscard]] const std::vector<NodeFailure>& failures() const { return failures_; }

  void on_event(std::uint64_t argument) override;

 private:
  struct Node {
    RandomStream stream;
    bool lemon = false;
    bool down = false;
    std::uint32_t hardware_failures = 0;
  };
  struct Date {
    double time_s;
    std::uint32_t node;
  };
  struct Before {
    bool operator()(const Date& a, const Date& b) const {
      return a.time_s < b.time_s || (a.time_s == b.time_s && a.node < b.node);
    }
  };
  /// The draws of one date, the same number whatever comes of it.
  struct Draws {
    double cause;
    double repair;
    double gpu;
    double thinning;
  };

  void schedule_next();
  void plan_failure(std::uint32_t number);
  void fail(std::uint32_t number);
  void take_down(std::uint32_t number, double repair_s, NodeFailure& failure);
  void bring_up(std::uint32_t number);
  /// Rate of a node, the sum over causes up to and with each, per second.
  [[nodiscard]] const std::vector<double>& sums_of(const Node& node) const { return node.lemon ? lemon_sums_ : sums_; }

  Kernel& kernel_;
  Fleet& fleet_;
  FailureSetup setup_;
  std::uint64_t id_;
  std::vector<double> sums_;
  std::vector<double> lemon_sums_;
  std::vector<Node> nodes_;
  FourAryHeap<Date, Before> dates_;
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> spares_;
  /// Nodes that are up and no spares, and how many there ought to be.
  std::uint32_t serving_ = 0;
  std::uint32_t to_serve_ = 0;
  std::vector<NodeFailure> failures_;
};

}  // namespace chokepoint::sim
