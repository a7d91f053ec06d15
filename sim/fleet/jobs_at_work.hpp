#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "models/power/power_cap.hpp"
#include "models/reliability/checkpoint_policy.hpp"
#include "models/scheduling/checkpoint_rule.hpp"
#include "models/scheduling/node_pool.hpp"
#include "models/scheduling/scheduler.hpp"
#include "sim/fleet/job_observer.hpp"
#include "sim/fleet/work_watcher.hpp"
#include "sim/kernel/four_ary_heap.hpp"
#include "sim/site/fleet_load.hpp"
#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

/// The jobs of a fleet from their arrival to their end, and what each has drawn. A job's end is kept in seconds of work
/// at full speed and not of the clock: when the speed of all work changes, no job's place in the order of ends does.
/// Beside that a job has a rate of its own, 1 when it starts: its work goes at rate times the fleet's speed; and an
/// intensity, that of the job when it starts: its draw above idleness, in units of a computing slot's.
/// A job that is interrupted waits again with the work that is left, and its next start costs `restart_s` of work more.
/// Jobs are known by a slot that is used again after they have left. Dates are the kernel's, never falling.
/// start, a change of rate, the next end and its removal: O(log n) in the jobs that run.
class JobsAtWork {
 public:
  /// A job that has ended, with what it gives back.
  struct Ended {
    std::uint32_t slot = 0;
    JobOutcome outcome;
    models::Allocation allocation;
  };

  struct Interruptions {
    double restart_s = 0.0;
    /// Where it differs for a job that failed; to it comes the restore of `by_size`.
    std::optional<double> failure_restart_s{};
    models::CheckpointRule checkpoints{};
    /// Instead of `checkpoints`: each job by its size.
    std::optional<models::CheckpointPolicy> by_size{};

    [[nodiscard]] models::CheckpointRule rule(const Job& job) const {
      return by_size ? by_size->rule(job.gpus) : checkpoints;
    }
    [[nodiscard]] double restart_after_failure_s(const Job& job) const {
      return failure_restart_s.value_or(restart_s) + (by_size ? by_size->restore_time_s(job.gpus) : 0.0);
    }
    [[nodiscard]] bool writes() const { return by_size || checkpoints.writes(); }
  };
  /// What a job loses that has to leave its GPUs: nothing where it was told to, or what no checkpoint holds.
  enum class Loss : std::uint8_t { nothing, since_checkpoint };

  /// `loads`, one a pool, outlive this and are moved along: GPUs computing, allocated and idle, and the number of
  /// running jobs. They have one pace.
  JobsAtWork(std::span<FleetLoad> loads, const Interruptions& interruptions, const models::PowerCap& power_cap)
      : loads_(loads), interruptions_(interruptions), power_cap_(power_cap) {}

  /// A job that waits; gives its slot. `sizes` are what it may get, at least one, where it has a choice or is of
  /// another pool than the first.
  std::uint32_t add(const Job& job);
  std::uint32_t add(const Job& job, std::vector<models::JobSize> sizes);
  /// What a scheduler knows of a job that waits; its sizes stay until it starts.
  models::WaitingJob waiting(std::uint32_t slot);
  /// The waiting job of a slot gets its GPUs, those of one of its sizes, and begins.
  void start(std::uint32_t slot, models::Allocation allocation, std::size_t choice, double now_s);

  /// What a job held that had to leave its GPUs, and the work that it lost, s.
  struct Left {
    models::Allocation allocation;
    double lost_work_s = 0.0;
  };
  /// A job that runs or is suspended leaves its GPUs and waits.
  Left interrupt(std::uint32_t slot, Loss loss, double now_s);
  [[nodiscard]] const Job& job(std::uint32_t slot) const { return jobs_[slot].job; }
  [[nodiscard]] std::int32_t gpus_held(std::uint32_t slot) const { return jobs_[slot].allocation.gpus; }
  /// A job that holds GPUs goes on at `rate` >= 0 of the fleet's speed, until it is set again or the job starts anew.
  void set_rate(std::uint32_t slot, double rate, double now_s);
  /// It draws `intensity` (0 to 100) of what computing adds to idleness, but no more than the cap of its load leaves,
  /// until it is set again or it starts anew. The energy of the site has to be up to date.
  void set_intensity(std::uint32_t slot, double intensity, double now_s);
  /// At which it goes on, what a cap takes of it counted in.
  [[nodiscard]] double rate(std::uint32_t slot) const { return jobs_[slot].rate(); }
  [[nodiscard]] double intensity(std::uint32_t slot) const { return 1.0 + excess_share(jobs_[slot]); }

  /// From now on `watcher`, which outlives this, hears of jobs that begin and stop their work.
  void watch(WorkWatcher& watcher) { watcher_ = &watcher; }

  /// Jobs that hold GPUs, in no order; O(n). Allocations stay until a job starts or leaves.
  [[nodiscard]] std::vector<models::RunningJob> running(double now_s) const;

  /// From now on it is known which priorities the jobs have that hold GPUs; before the first job.
  void keep_priorities() { keeps_priorities_ = true; }
  /// Of the jobs that hold GPUs; the highest there is if none does, the lowest where it is not known.
  [[nodiscard]] std::int32_t lowest_priority() const {
    if (!keeps_priorities_) return std::numeric_limits<std::int32_t>::min();
    return holders_.empty() ? std::numeric_limits<std::int32_t>::max() : holders_.begin()->first;
  }
  /// Whether the job of an index is the one in a slot, and has not left.
  [[nodiscard]] bool holds(std::uint32_t slot, std::uint64_t index) const {
    return !jobs_[slot].left && jobs_[slot].job.index == index;
  }
  /// A job leaves before its work is done, wherever it stands; what it held has no GPUs where it held none.
  [[nodiscard]] Ended withdraw(std::uint32_t slot, double now_s);
  /// What jobs have drawn so far is forgotten; O(jobs).
  void begin_counting(double now_s);

  /// The date at which the next job ends if the speed stays as it is; infinity if none runs or work stands still.
  [[nodiscard]] double next_end_s(double now_s);
  /// The next of the jobs whose work is done by `done_s` seconds of work leaves; none when there are no more.
  [[nodiscard]] std::optional<Ended> take_ended(double done_s, double now_s);
  /// Work done by `now_s`, and never less than that of the job whose end is due: the clock may stand a rounding error
  /// before it.
  [[nodiscard]] double work_due_s(double now_s);

  /// Suspends the jobs that started last until `excess_w` is shed or nothing runs; gives the power that was.
  double suspend(double excess_w, double now_s);
  /// Resumes suspended jobs, first started first, as long as they fit into `available_w`; gives the power they take.
  double resume(double available_w, double now_s);
  /// Whether a job holds GPUs.
  [[nodiscard]] bool any_at_work() const {
    return std::ranges::any_of(loads_, [](const FleetLoad& load) { return load.running_jobs > 0; });
  }
  [[nodiscard]] bool has_suspended() const { return !suspended_.empty(); }

  /// Tells `observer` of all jobs that have not ended, in order of their index.
  void report_unfinished(JobObserver& observer, double now_s) const;

 private:
  using State = models::PowerState;

  struct LiveJob {
    Job job;
    double start_s = -1.0;
    double energy_j = 0.0;
    /// While it computes: the fleet's work at which it ends (infinity at a rate of 0), and the energy of a slot at
    /// `since_s`.
    double ends_at_work_s = 0.0;
    double slot_energy_mark_j = 0.0;
    /// While it is suspended or stands still: its own work.
    double remaining_work_s = 0.0;
    /// From when on its energy is still to be counted.
    double since_s = 0.0;
    double own_rate = 1.0;
    /// What a cap on its intensity leaves of its rate.
    double cap_rate = 1.0;
    /// Of its size: how long it takes there, for a second of its duration.
    double stretch = 1.0;
    /// What its intensity is above 1, in parts of the load's.
    std::int64_t excess = 0;
    models::Allocation allocation{};
    std::int32_t gpus = 0;
    std::uint32_t pool = 0;
    JobState state = JobState::waiting;
    bool left = false;
    /// Its past is in `pasts_`.
    bool interrupted = false;
    /// Its sizes are in `choices_`.
    bool chooses = false;
    /// Changes when the job stops computing, so that its entry in the heap is known as stale.
    std::uint32_t epoch = 0;

    [[nodiscard]] double rate() const { return own_rate * cap_rate; }
  };
  /// What becomes of an intensity under the cap of a pool.
  struct Capped {
    double rate = 1.0;
    std::int64_t excess = 0;
  };
  /// A job that was interrupted: what it has before it of its duration, and what became of its work behind it.
  struct Past {
    double first_start_s = 0.0;
    double remaining_s = 0.0;
    double restart_due_s = 0.0;
    double lost_s = 0.0;
    double restart_s = 0.0;
    double checkpoint_s = 0.0;
    std::uint32_t interruptions = 0;
  };
  struct Choices {
    std::vector<models::JobSize> sizes;
    /// The same, with what is left to do.
    std::vector<models::JobSize> attempts;
  };
  struct Entry {
    double ends_at_work_s;
    std::uint64_t index;
    std::uint32_t slot;
    std::uint32_t epoch;
  };
  struct EndsBefore {
    bool operator()(const Entry& a, const Entry& b) const {
      return a.ends_at_work_s < b.ends_at_work_s || (a.ends_at_work_s == b.ends_at_work_s && a.index < b.index);
    }
  };

  [[nodiscard]] Capped capped(double intensity, std::uint32_t pool) const {
    const double most = loads_[pool].most_intensity();
    if (intensity <= most) return {.rate = 1.0, .excess = FleetLoad::excess_parts(intensity)};
    return capped_at(most, intensity);
  }
  [[nodiscard]] Capped capped_at(double most, double intensity) const;
  [[nodiscard]] double clock_s(double now_s) const { return loads_.front().work_s(now_s); }
  [[nodiscard]] FleetLoad& load_of(const LiveJob& live) const { return loads_[live.pool]; }
  [[nodiscard]] static double stretch(const Job& job, const models::JobSize& size);
  /// Work of an attempt, its restart and checkpoints included, on the size of a stretch.
  [[nodiscard]] double attempt_s(const LiveJob& live, double stretch) const;
  void begin_work(std::uint32_t slot, double work_s, double now_s);
  void stop_work(std::uint32_t slot, State to);
  void aim_at_end(std::uint32_t slot, double work_s, double now_s);
  /// Its rate has changed.
  void go_on(std::uint32_t slot, double work_s, double now_s);
  void mark_energy(LiveJob& live, double now_s) const;
  void drop_stale_head();
  void leave_stale(LiveJob& live);
  [[nodiscard]] bool stale(const Entry& entry) const { return jobs_[entry.slot].epoch != entry.epoch; }
  [[nodiscard]] std::vector<std::uint32_t> running_latest_first() const;
  [[nodiscard]] static double excess_share(const LiveJob& live) {
    return static_cast<double>(live.excess) / FleetLoad::parts_per_unit;
  }
  [[nodiscard]] double drawn_since_mark_j(const LiveJob& live, double now_s) const;
  [[nodiscard]] double resumed_power_w(const LiveJob& live) const;
  [[nodiscard]] Past past(const LiveJob& live) const;
  /// The past with the present attempt counted in, as if it were interrupted.
  [[nodiscard]] Past past_at(const LiveJob& live, Loss loss, double now_s) const;
  /// What a job with so much work left on the size of a stretch is expected to take, s, as its user announced it.
  [[nodiscard]] static double expected_s(const Job& job, double left_s, double stretch) {
    return job.announced_s > 0.0 ? std::max(0.0, left_s + (job.announced_s - job.duration_s) * stretch) : left_s;
  }
  /// Its own work: what it would take at the fleet's full speed and a rate of 1.
  [[nodiscard]] double work_left_s(const LiveJob& live, double now_s) const;
  /// Its own work, in seconds on the size that it wants.
  [[nodiscard]] double as_wanted_s(const LiveJob& live, double work_s) const;
  [[nodiscard]] JobOutcome unfinished_outcome(const LiveJob& live, double end_s, double now_s) const;
  [[nodiscard]] JobOutcome outcome(const LiveJob& live, double end_s, double now_s) const;

  void now_holds(const Job& job) {
    if (keeps_priorities_) ++holders_[job.priority];
  }
  void holds_no_more(const Job& job) {
    if (!keeps_priorities_) return;
    const auto holders = holders_.find(job.priority);
    if (--holders->second == 0) holders_.erase(holders);
  }

  std::span<FleetLoad> loads_;
  Interruptions interruptions_;
  models::PowerCap power_cap_;
  std::unordered_map<std::uint32_t, Past> pasts_;
  std::unordered_map<std::uint32_t, Choices> choices_;
  bool keeps_priorities_ = false;
  /// Jobs that hold GPUs, by priority.
  std::map<std::int32_t, std::int64_t> holders_;
  std::vector<LiveJob> jobs_;
  std::vector<std::uint32_t> free_slots_;
  FourAryHeap<Entry, EndsBefore> running_;
  std::size_t stale_entries_ = 0;
  WorkWatcher* watcher_ = nullptr;
  /// The one suspended last started first.
  std::vector<std::uint32_t> suspended_;
};

}  // namespace chokepoint::sim
