#pragma once

#include "analysis/study/design/design.hpp"

namespace chokepoint::analysis {

/// Every level of each parameter with every level of all others; the last parameter changes fastest.
class Grid final : public Design {
 public:
  explicit Grid(std::span<const Parameter> parameters);

  [[nodiscard]] std::string_view kind() const override { return "grid"; }
  [[nodiscard]] std::uint64_t points() const override { return points_; }
  [[nodiscard]] std::vector<ParameterValue> values(std::span<const Parameter> parameters,
                                                   std::uint64_t index) const override;

 private:
  std::uint64_t points_ = 1;
};

}  // namespace chokepoint::analysis
