#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "models/hardware/fabric.hpp"
#include "models/scheduling/placement.hpp"
#include "models/scheduling/scheduler.hpp"
#include "sim/fleet/job_observer.hpp"
#include "sim/fleet/jobs_at_work.hpp"
#include "sim/fleet/jobs_by_node.hpp"
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

/// Nodes of a further type of server, for the same work. A job without sizes of its own takes `duration_s / speed` on
/// them.
struct Generation {
  models::ServerPower power;
  std::uint32_t nodes = 0;
  double speed = 1.0;
  double most_intensity = std::numeric_limits<double>::infinity();
};

struct FleetSetup {
  std::string name;
  models::ServerPower power;
  /// Of these servers, against those that durations are told for.
  double speed = 1.0;
  std::vector<TenantNodes> tenants;
  /// A job of more draws no more than that, and runs as much slower as `power_cap` says.
  double most_intensity = std::numeric_limits<double>::infinity();
  models::PowerCap power_cap{};
  /// Servers that a job takes where it finds none of the above free, and so on; only where there is one tenant, and a
  /// scheduler that does not plan. In sizes and outcomes the first generation is 0.
  std::vector<Generation> further{};
  std::string scheduler = "fifo";
  std::string placement = "best-fit";
  models::Fabric fabric{};
  models::SchedulerTerms terms{};
  /// Of fair share: what usage decays by, s, and the shares of owners by their number; 1 where none is given.
  double usage_half_life_s = 7.0 * 86400.0;
  std::vector<double> shares{};
  /// What energy costs at the site, where it has a price.
  std::optional<models::PriceForecast::Source> prices{};
  JobsAtWork::Interruptions interruptions{};
  /// Whether the fleet keeps which jobs are on which node. Expects a placement that knows nodes.
  bool tracks_nodes = false;
};

/// Jobs on the GPUs of a site: they arrive from a source, wait, get all of their GPUs at once, run, and leave. At each
/// date jobs that end leave first, then new ones join the queue, then the scheduler decides for every tenant whose
/// queue or nodes have changed. One event stands for the next end of all its jobs.
class Fleet final : public EventHandler, public PowerConsumer {
 public:
  /// `source` and `observer` outlive the fleet. The tenant of a job is an index of `setup.tenants`, and its nodes can
  /// hold it, on one of its sizes at least, those of one generation alone.
  Fleet(Kernel& kernel, Site& site, const FleetSetup& setup, std::uint64_t id, JobSource& source,
        JobObserver& observer);

  /// What a failure interrupted.
  struct Struck {
    std::uint32_t jobs = 0;
    std::int64_t gpus = 0;
    /// Work that no checkpoint held.
    double lost_gpu_s = 0.0;
  };
  /// A node fails: jobs on it are interrupted and lose what no checkpoint holds; it draws nothing and takes no work
  /// until it is brought up. Where GPUs are only counted the jobs that started last leave, until a node's GPUs are
  /// free. Nodes are numbered through the tenants, or through the generations, in their order. Call both from an event
  /// of phase `ends` or `arrivals`; a node that is down is not taken down again. O(n log n) in the jobs that run; where
  /// nodes are tracked, O(log n) for each node of the jobs on this one.
  Struck take_node_down(std::uint32_t node);
  void bring_node_up(std::uint32_t node);
  /// A node without work takes none until it is released; it is up and idle.
  void hold_node(std::uint32_t node);
  void release_node(std::uint32_t node);

  [[nodiscard]] std::uint32_t nodes() const;
  /// Where nodes are tracked: whether a job holds GPUs of the node; the job at `share` (0 to 1) of its GPUs, with the
  /// nodes that it fills, as a fraction.
  [[nodiscard]] bool node_works(std::uint32_t node) const;
  struct JobOnNode {
    std::uint32_t job = 0;
    double nodes = 0.0;
  };
  [[nodiscard]] std::optional<JobOnNode> job_at(std::uint32_t node, double share) const;
  /// A job that holds GPUs fails and loses what no checkpoint holds. Call it as `take_node_down`.
  Struck interrupt_job(std::uint32_t job);

  /// `watcher`, which outlives the fleet, hears of jobs that begin and stop their work; before the run.
  void watch_work(WorkWatcher& watcher);
  /// A job that holds GPUs goes on at `rate` >= 0 of the fleet's speed (1 when it starts), or with another intensity
  /// (when it starts, the job's own). Call them from any event, the second not from `WorkWatcher::settle`. A slot names
  /// a job as the watcher and `RunningJob::job` do. O(log n); an intensity under a limit of power, that of a decision.
  void set_rate(std::uint32_t slot, double rate);
  void set_intensity(std::uint32_t slot, double intensity);
  [[nodiscard]] double rate(std::uint32_t slot) const { return jobs_.rate(slot); }

  /// Energy of jobs counts from now on.
  void begin_counting();

  /// Of each generation; work and waiting jobs are those of the first.
  [[nodiscard]] std::span<const FleetLoad> loads() const { return loads_; }
  /// Of the first.
  [[nodiscard]] const FleetLoad& load() const { return loads_.front(); }
  /// No job runs, waits or is still to come.
  [[nodiscard]] bool done() const { return !more_jobs_ && load().waiting_jobs == 0 && !jobs_.any_at_work(); }
  /// Tells the observer of all jobs that have not ended, at the end of a run.
  void report_unfinished() { jobs_.report_unfinished(observer_, kernel_.now_s()); }

  void on_event(std::uint64_t argument) override;
  void power_changed() override;
  void pace_changed() override { schedule_next_end(); }
  double suspend(double excess_w) override;
  [[nodiscard]] bool has_suspended() const override { return jobs_.has_suspended(); }
  double resume(double available_w) override;

 private:
  struct Tenant {
    /// One a generation.
    std::vector<models::NodePool> pools;
    models::WaitingQueue queue{};
    bool changed = false;
    /// Where the scheduler keeps one.
    std::optional<models::ReservationPlan> plan{};
    /// Where the scheduler counts it.
    std::optional<models::UsageLedger> usage{};
    double asks_again_s = std::numeric_limits<double>::infinity();
    /// Where nodes are tracked.
    /// By pool; empty where nodes are not tracked.
    std::vector<JobsByNode> on_nodes{};
  };
  struct Leave {
    double date_s;
    std::uint64_t index;
    std::uint32_t slot;
  };
  struct LeavesBefore {
    bool operator()(const Leave& a, const Leave& b) const {
      return a.date_s < b.date_s || (a.date_s == b.date_s && a.index < b.index);
    }
  };
  struct NodePlace {
    std::uint32_t tenant;
    std::uint32_t pool;
    std::uint32_t node;
  };
  [[nodiscard]] NodePlace place_of(std::uint32_t node) const;
  std::uint32_t add(const Job& job);
  [[nodiscard]] std::vector<models::JobSize> sizes_of(const Job& job) const;
  void interrupt(std::uint32_t job, Struck& struck);
  void wait_for_start(std::uint32_t job);
  void take_arrivals();
  void take_ends();
  void take_leaves();
  void schedule_next_leave();
  void decide();
  [[nodiscard]] models::PowerHeadroom headroom_of_all();
  void start_job(Tenant& tenant, models::Start& start);
  void note_left(Tenant& tenant, std::uint32_t job, const models::Allocation& held);
  void request_decision(Tenant& tenant);
  void ask_again(Tenant& tenant, double date_s);
  void decide_again();
  [[nodiscard]] std::vector<models::RunningJob> running_of(std::uint32_t tenant) const;
  void schedule_next_arrival();
  /// Work has begun or stopped.
  void settle();
  void schedule_next_end();

  Kernel& kernel_;
  Site& site_;
  std::uint64_t id_;
  JobSource& source_;
  JobObserver& observer_;
  std::vector<FleetLoad> loads_;
  std::vector<double> speeds_;
  std::vector<double> per_gpu_w_of_others_;
  std::unique_ptr<models::Scheduler> scheduler_;
  std::unique_ptr<models::Placement> placement_;
  std::optional<models::PriceForecast> prices_;
  std::vector<Tenant> tenants_;
  WorkWatcher* watcher_ = nullptr;

  JobsAtWork jobs_;
  std::vector<models::Start> starts_;
  std::vector<std::uint32_t> changed_tenants_;
  std::vector<std::uint32_t> preempted_;
  std::vector<bool> down_;

  /// Jobs that leave at a date, and where those of them that wait stand.
  FourAryHeap<Leave, LeavesBefore> leaves_;
  std::unordered_map<std::uint32_t, models::WaitingQueue::Position> leaves_from_queue_;
  double leave_event_s_ = std::numeric_limits<double>::infinity();

  Job next_job_;
  bool more_jobs_ = false;
  bool decision_requested_ = false;
  EventTicket end_ticket_;
  double end_event_s_ = -1.0;
};

}  // namespace chokepoint::sim
