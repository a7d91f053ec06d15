#pragma once

#include "sim/workload/work.hpp"

namespace chokepoint::sim {

/// A standing demand for GPUs from the start to the end of the run.
class ConstantWork final : public Work {
 public:
  ConstantWork() = default;
  explicit ConstantWork(std::int64_t gpus) : gpus_(gpus) {}

  void visit(FieldVisitor& v) override;
  void resolve(const WorkPlace& place) override;
  [[nodiscard]] std::unique_ptr<JobSource> make_source(const WorkRun& run) const override;
  [[nodiscard]] bool ends_by_itself() const override { return false; }
  [[nodiscard]] bool has_jobs_of_its_own() const override { return false; }
  [[nodiscard]] std::string words(const FleetSpec& fleet) const override;

 private:
  std::int64_t gpus_ = 0;
};

}  // namespace chokepoint::sim
