#pragma once

#include <vector>

#include "sim/training/training_run.hpp"
#include "sim/workload/work.hpp"

namespace chokepoint::sim {

/// Training runs for a fleet: each a model with its tokens on so many GPUs, submitted at a date and due at another. A
/// job takes what the run's steps take with the plan of its GPUs and of the type of server that they are of, and draws
/// what their phases draw.
class TrainingWork final : public Work {
 public:
  /// A moment as the scenario states it: a date on the site's clock, or a time since the scenario's start.
  struct Moment {
    std::optional<models::IsoDate> date{};
    double offset_s = 0.0;
  };
  struct Run {
    std::string name;
    TrainingOrder order;
    /// Any will do, the first is what it wants; each has to be possible on servers of the fleet.
    std::vector<std::int64_t> gpus;
    Moment submit;
    std::optional<Moment> due;
    std::int64_t priority = 0;
    /// Since the scenario's start, s.
    double submit_s = 0.0;
    std::optional<double> due_s{};
    /// For each number of GPUs on each generation of the fleet that can do it, in the order in which it tries them.
    std::vector<TrainingRun> on{};
    /// The same as the scheduler sees them.
    std::vector<models::JobSize> sizes{};

    /// With so many GPUs of a generation, or what it wants where it has no such.
    [[nodiscard]] const TrainingRun& run_on(std::int64_t gpus_got, std::uint32_t generation) const;
  };

  void visit(FieldVisitor& v) override;
  void resolve(const WorkPlace& place) override;
  [[nodiscard]] std::unique_ptr<JobSource> make_source(const WorkRun& run) const override;
  [[nodiscard]] std::uint64_t expected_jobs() const override { return runs_.size(); }
  [[nodiscard]] bool ends_by_itself() const override { return true; }
  [[nodiscard]] bool keeps_outcomes() const override { return true; }
  [[nodiscard]] std::string words(const FleetSpec& fleet) const override;
  [[nodiscard]] std::string job_name(std::uint64_t index) const override { return runs_[index].name; }

  /// In order of submission, those of one date as they are listed: the index of a job of the source.
  [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }

 private:
  struct Planned;
  void plan(Run& run, const std::string& key, const WorkPlace& place, Planned& planned) const;

  std::vector<Run> runs_;
};

}  // namespace chokepoint::sim
