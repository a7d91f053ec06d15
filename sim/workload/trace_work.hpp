#pragma once

#include "sim/workload/trace.hpp"
#include "sim/workload/work.hpp"

namespace chokepoint::sim {

/// The jobs of a trace, by the names and tenants that it gives them.
class TraceWork final : public Work {
 public:
  TraceWork() = default;
  explicit TraceWork(std::shared_ptr<const Trace> trace) : trace_(std::move(trace)) {}

  void visit(FieldVisitor& v) override;
  void resolve(const WorkPlace& place) override;
  [[nodiscard]] std::unique_ptr<JobSource> make_source(const WorkRun& run) const override;
  [[nodiscard]] std::uint64_t expected_jobs() const override { return trace_->size(); }
  [[nodiscard]] bool ends_by_itself() const override { return true; }
  [[nodiscard]] std::vector<std::string> owner_names() const override;
  [[nodiscard]] std::string words(const FleetSpec& fleet) const override;
  [[nodiscard]] std::string job_name(std::uint64_t index) const override { return std::string(trace_->ids[index]); }
  [[nodiscard]] std::optional<std::string> tenant_name(std::uint64_t index) const override {
    return trace_->tenants[trace_->tenant[index]];
  }
  [[nodiscard]] const Trace& trace() const { return *trace_; }

 private:
  std::string file_;
  std::shared_ptr<const Trace> trace_;
};

}  // namespace chokepoint::sim
