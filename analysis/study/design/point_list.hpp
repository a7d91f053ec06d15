#pragma once

#include "analysis/study/design/design.hpp"

namespace chokepoint::analysis {

/// The points that the study lists.
class PointList final : public Design {
 public:
  /// A value for each parameter in each point.
  explicit PointList(std::vector<std::vector<ParameterValue>> points) : points_(std::move(points)) {}

  [[nodiscard]] std::string_view kind() const override { return "list"; }
  [[nodiscard]] std::uint64_t points() const override { return points_.size(); }
  [[nodiscard]] std::vector<ParameterValue> values(std::span<const Parameter>, std::uint64_t index) const override {
    return points_[index];
  }

 private:
  std::vector<std::vector<ParameterValue>> points_;
};

}  // namespace chokepoint::analysis
