#pragma once

#include <optional>

#include "sim/workload/replica_plan.hpp"
#include "sim/workload/work.hpp"

namespace chokepoint::sim {

/// A service that answers visitors by a curve: its replicas are jobs that come and leave with it. Whatever else runs on
/// the fleet competes with them by the fleet's own scheduler; their priority is high unless said, and what they do not
/// get is unserved.
class InferenceWork final : public Work {
 public:
  InferenceWork() = default;
  explicit InferenceWork(const InferenceSetup& setup) : setup_(setup) {}

  void visit(FieldVisitor& v) override;
  void resolve(const WorkPlace& place) override;
  [[nodiscard]] std::unique_ptr<JobSource> make_source(const WorkRun& run) const override;
  [[nodiscard]] std::unique_ptr<ServiceMeter> make_meter(const WorkRun& run) const override;
  [[nodiscard]] bool ends_by_itself() const override { return false; }
  [[nodiscard]] bool has_jobs_of_its_own() const override { return false; }
  [[nodiscard]] std::string words(const FleetSpec& fleet) const override;

 private:
  void visit_requests(FieldVisitor& v);
  void visit_answers(FieldVisitor& v);
  void visit_replicas(FieldVisitor& v);
  [[nodiscard]] ReplicaPlan plan_of(const WorkRun& run) const;

  InferenceSetup setup_;
  /// Where the time of a token follows from a model of the catalogue.
  std::string model_;
  std::optional<double> flop_utilization_;
};

}  // namespace chokepoint::sim
