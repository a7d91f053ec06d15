#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/scheduling/placement.hpp"
#include "models/scheduling/scheduler.hpp"
#include "sim/fleet/job_observer.hpp"
#include "sim/kernel/four_ary_heap.hpp"
#include "sim/kernel/kernel.hpp"
#include "sim/site/fleet_load.hpp"
#include "sim/site/site.hpp"
#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

/// Nodes that one tenant, or all tenants together, have for themselves, and the jobs that wait for them.
struct TenantNodes {
  std::string name;
  std::uint32_t nodes = 0;
};

struct FleetSetup {
  std::string name;
  models::ServerPower power;
  std::vector<TenantNodes> tenants;
  std::string scheduler = "fifo";
  std::string placement = "best-fit";
};

/// Jobs on the GPUs of a site: they arrive from a source, wait, get all of their GPUs at once, run, and leave. At each
/// date jobs that end leave first, then new ones join the queue, then the scheduler decides for every tenant whose
/// queue or nodes have changed.
///
/// A job's end is kept in seconds of work, not of the clock: when the site changes the speed of all work, no job's
/// place in the order of ends changes, and the fleet moves one event.
class Fleet final : public EventHandler, public PowerConsumer {
 public:
  /// `source` and `observer` outlive the fleet. The tenant of a job is an index of `setup.tenants`, and its nodes can
  /// hold it.
  Fleet(Kernel& kernel, Site& site, const FleetSetup& setup, std::uint64_t id, JobSource& source,
        JobObserver& observer);

  [[nodiscard]] const FleetLoad& load() const { return load_; }
  /// No job runs, waits or is still to come.
  [[nodiscard]] bool done() const { return !more_jobs_ && load_.running_jobs == 0 && load_.waiting_jobs == 0; }
  /// Tells the observer of all jobs that have not ended, at the end of a run.
  void report_unfinished();

  void on_event(std::uint64_t argument) override;
  void power_changed() override;
  void pace_changed() override { schedule_next_end(); }
  double suspend(double excess_w) override;
  [[nodiscard]] bool has_suspended() const override { return !suspended_.empty(); }
  double resume(double available_w) override;

 private:
  struct Tenant {
    models::NodePool pool;
    models::WaitingQueue queue{};
    bool changed = false;
  };
  struct LiveJob {
    Job job;
    double start_s = -1.0;
    double energy_j = 0.0;
    /// While it computes: work_s at which it ends, and energy of a slot when it (re)started.
    double ends_at_work_s = 0.0;
    double slot_energy_mark_j = 0.0;
    double remaining_work_s = 0.0;
    double suspended_since_s = 0.0;
    models::Allocation allocation{};
    JobState state = JobState::waiting;
    std::uint32_t epoch = 0;
  };
  struct RunningEntry {
    double ends_at_work_s;
    std::uint64_t index;
    std::uint32_t slot;
    std::uint32_t epoch;
  };
  struct EndsBefore {
    bool operator()(const RunningEntry& a, const RunningEntry& b) const {
      return a.ends_at_work_s < b.ends_at_work_s || (a.ends_at_work_s == b.ends_at_work_s && a.index < b.index);
    }
  };

  void take_arrivals();
  void take_ends();
  void decide();
  void end_job(std::uint32_t slot);
  void start_job(Tenant& tenant, models::Start& start);
  void begin_work(std::uint32_t slot, double work_s);
  void request_decision(Tenant& tenant);
  void schedule_next_arrival();
  void schedule_next_end();
  [[nodiscard]] std::uint32_t new_slot(const Job& job);
  [[nodiscard]] bool stale(const RunningEntry& entry) const;
  [[nodiscard]] double drawn_since_mark_j(const LiveJob& live) const;
  [[nodiscard]] JobOutcome outcome(const LiveJob& live, double end_s) const;
  [[nodiscard]] double resumed_power_w(const LiveJob& live) const;

  Kernel& kernel_;
  Site& site_;
  std::uint64_t id_;
  JobSource& source_;
  JobObserver& observer_;
  FleetLoad load_;
  std::unique_ptr<models::Scheduler> scheduler_;
  std::unique_ptr<models::Placement> placement_;
  std::vector<Tenant> tenants_;

  std::vector<LiveJob> jobs_;
  std::vector<std::uint32_t> free_slots_;
  FourAryHeap<RunningEntry, EndsBefore> running_;
  std::vector<std::uint32_t> suspended_;
  std::vector<models::Start> starts_;
  std::vector<std::uint32_t> changed_tenants_;

  Job next_job_;
  bool more_jobs_ = false;
  bool decision_requested_ = false;
  EventTicket end_ticket_;
  double end_event_s_ = -1.0;
};

}  // namespace chokepoint::sim
