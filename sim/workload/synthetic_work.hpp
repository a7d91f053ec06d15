#pragma once

#include "sim/workload/synthetic_source.hpp"
#include "sim/workload/work.hpp"

namespace chokepoint::sim {

/// Jobs by chance.
class SyntheticWork final : public Work {
 public:
  SyntheticWork() = default;
  explicit SyntheticWork(SyntheticSetup setup) : setup_(std::move(setup)) {}

  void visit(FieldVisitor& v) override;
  void resolve(const WorkPlace& place) override;
  [[nodiscard]] std::unique_ptr<JobSource> make_source(const WorkRun& run) const override;
  [[nodiscard]] std::uint64_t expected_jobs() const override;
  [[nodiscard]] bool ends_by_itself() const override;
  [[nodiscard]] std::vector<std::string> owner_names() const override;
  [[nodiscard]] std::string words(const FleetSpec& fleet) const override;

 private:
  SyntheticSetup setup_;
};

}  // namespace chokepoint::sim
