#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "models/hardware/fabric.hpp"
#include "models/hardware/fair_paces.hpp"
#include "sim/fleet/fleet.hpp"

namespace chokepoint::sim {

/// The jobs of a fleet share the cables of its leaves to the spines. A job on several leaves exchanges in a ring of its
/// nodes, node after node, which leaves and enters each of them once; it asks for as many cards as the fewest of its
/// GPUs in a node, and gets its max-min fair share of the fullest cables on its way. So much longer takes the share of
/// its time that it communicates, and the rest takes what it took. Leaves of a tenant's nodes are its own, as placement
/// counts them. O(f log f) for f jobs on several leaves, whenever one of them begins or stops; nothing else costs.
class FleetContention final : public WorkWatcher {
 public:
  struct Setup {
    models::Fabric fabric;
    std::vector<TenantNodes> tenants;
    int gpus_per_node = 8;
    /// Share of their time that jobs on more than one node communicate at full rate, where a job does not say.
    double communication_share = 0.0;
  };
  FleetContention(const Kernel& kernel, const Setup& setup);

  void work_began(std::uint32_t slot, const Job& job, const models::Allocation& allocation) override;
  void work_stopped(std::uint32_t slot) override;
  void settle(Fleet& fleet) override;

  /// From now on.
  void begin_counting();
  /// GPU-seconds that jobs on more than one node have worked until now, and what of these they waited for cables.
  [[nodiscard]] double worked_gpu_s() const { return worked_.value(kernel_.now_s()); }
  [[nodiscard]] double waited_gpu_s() const { return waited_.value(kernel_.now_s()); }

 private:
  struct Crossing {
    double communication_share = 0.0;
    double gpus = 0.0;
    double rate = 1.0;
    models::FairFlow flow{};
  };
  /// The integral of a number that changes.
  struct Integral {
    double now = 0.0;
    double sum = 0.0;
    double since_s = 0.0;

    [[nodiscard]] double value(double at_s) const { return sum + now * (at_s - since_s); }
    void change(double by, double at_s) {
      sum = value(at_s);
      since_s = at_s;
      now += by;
    }
  };

  const Kernel& kernel_;
  models::Fabric fabric_;
  int gpus_per_node_;
  double communication_share_;
  /// Of each tenant, its first leaf.
  std::vector<std::uint32_t> first_leaf_;
  /// Of each leaf, in cards of whole nodes.
  std::vector<double> cables_;
  /// Jobs at work on several nodes, by slot, with their GPUs; and those on several leaves.
  std::map<std::uint32_t, double> spread_;
  std::map<std::uint32_t, Crossing> crossing_;
  bool changed_ = false;
  Integral worked_, waited_;
};

}  // namespace chokepoint::sim
