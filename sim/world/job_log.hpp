#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "sim/fleet/job_observer.hpp"
#include "sim/record/table.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/site/compensated_sum.hpp"
#include "sim/workload/merged_source.hpp"

namespace chokepoint::sim {

/// What became of the jobs of a fleet: sums and waits of all, and, where asked, a row of each.
class JobLog : public JobObserver {
 public:
  struct Keep {
    bool rows = false;
    /// By work of the fleet: whether its jobs are counted and kept, or their energy alone.
    std::vector<bool> works{true};
    /// Whether their rows are kept all the same.
    std::vector<bool> outcomes{false};
    /// Jobs that were submitted before are not counted and kept either.
    double submitted_from_s = 0.0;
  };
  explicit JobLog(Keep keep) : keep_(std::move(keep)), indices_{std::max<std::size_t>(1, keep_.works.size())} {}

  void job_left(const JobOutcome& outcome, JobState state) override;
  /// Energy counts from now on.
  void begin_counting() { energy_j_ = {}; }

  [[nodiscard]] std::uint64_t jobs() const { return jobs_; }
  [[nodiscard]] std::uint64_t finished() const { return waits_s_.size(); }
  /// Of the jobs that finished, s.
  [[nodiscard]] const std::vector<double>& waits_s() const { return waits_s_; }
  [[nodiscard]] double completion_sum_s() const { return completion_sum_s_; }
  /// From the first submission to the last end, s.
  [[nodiscard]] double makespan_s() const;
  /// GPU-seconds of the work of all jobs: what lasts, what had to be done again, restarts and checkpoints.
  struct GpuSeconds {
    CompensatedSum done;
    CompensatedSum lost;
    CompensatedSum restarting;
    CompensatedSum writing;
  };
  [[nodiscard]] const GpuSeconds& gpu_seconds() const { return gpu_seconds_; }
  /// J that the jobs drew, also those that have not finished.
  [[nodiscard]] double energy_j() const { return energy_j_.value(); }

  /// What became of the jobs of a work whose outcomes are kept, by their index there; those that came.
  struct Outcome {
    std::uint64_t own_index = 0;
    JobOutcome outcome;
    JobState state;
  };
  [[nodiscard]] std::vector<Outcome> outcomes_of(std::size_t work) const;

  /// What rows say beside the outcome: names, and the clock at the start of the run.
  struct Labels {
    const FleetSpec& fleet;
    double clock_s = 0.0;
    /// Whether there is a column of works, by name or else by place.
    bool names_works = false;
  };
  /// Appends a row a job, work by work and in the order of their indices there, to the columns of `table` ("jobs");
  /// makes them if there are none.
  void append_rows(Table& table, const Labels& labels) const;

 private:
  struct Row {
    JobOutcome outcome;
    JobState state;
  };

  Keep keep_;
  MergedIndex indices_;
  std::uint64_t jobs_ = 0;
  std::vector<double> waits_s_;
  double completion_sum_s_ = 0.0;
  double first_submit_s_ = std::numeric_limits<double>::infinity();
  double last_end_s_ = 0.0;
  CompensatedSum energy_j_;
  GpuSeconds gpu_seconds_;
  std::vector<Row> rows_;
};

}  // namespace chokepoint::sim
