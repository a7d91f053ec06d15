#pragma once

#include <limits>
#include <string>
#include <vector>

#include "sim/fleet/job_observer.hpp"
#include "sim/record/table.hpp"
#include "sim/site/compensated_sum.hpp"
#include "sim/workload/trace.hpp"

namespace chokepoint::sim {

/// What became of the jobs of a fleet: sums and waits of all, and, where asked, a row of each.
class JobLog : public JobObserver {
 public:
  explicit JobLog(bool keeps_rows) : keeps_rows_(keeps_rows) {}

  void job_left(const JobOutcome& outcome, JobState state) override;

  [[nodiscard]] std::uint64_t jobs() const { return jobs_; }
  [[nodiscard]] std::uint64_t finished() const { return waits_s_.size(); }
  /// Of the jobs that finished, s.
  [[nodiscard]] const std::vector<double>& waits_s() const { return waits_s_; }
  [[nodiscard]] double completion_sum_s() const { return completion_sum_s_; }
  /// From the first submission to the last end, s.
  [[nodiscard]] double makespan_s() const;
  /// J that the jobs drew, also those that have not finished.
  [[nodiscard]] double energy_j() const { return energy_j_.value(); }

  /// What rows say beside the outcome: names, and the clock at the start of the run. A trace names its jobs and
  /// tenants.
  struct Labels {
    std::string fleet;
    std::vector<std::string> tenants;
    const Trace* trace = nullptr;
    double clock_s = 0.0;
  };
  /// Appends a row a job, in the order of their indices, to the columns of `table` ("jobs"); makes them if there are
  /// none.
  void append_rows(Table& table, const Labels& labels) const;

 private:
  struct Row {
    JobOutcome outcome;
    JobState state;
  };

  bool keeps_rows_;
  std::uint64_t jobs_ = 0;
  std::vector<double> waits_s_;
  double completion_sum_s_ = 0.0;
  double first_submit_s_ = std::numeric_limits<double>::infinity();
  double last_end_s_ = 0.0;
  CompensatedSum energy_j_;
  std::vector<Row> rows_;
};

}  // namespace chokepoint::sim
