#pragma once

#include "analysis/study/design/cube_design.hpp"
#include "analysis/study/design/sobol_sequence.hpp"

namespace chokepoint::analysis {

/// The first points of a shifted Sobol sequence; evenest where their number is a power of two.
class SobolDesign final : public CubeDesign {
 public:
  SobolDesign(std::uint64_t points, const DesignChance& chance);

  [[nodiscard]] std::string_view kind() const override { return "sobol"; }
  [[nodiscard]] std::uint64_t points() const override { return points_; }
  void place(std::uint64_t index, std::span<double> coordinates) const override { sequence_.at(index, coordinates); }

 private:
  std::uint64_t points_;
  ShiftedSobol sequence_;
};

}  // namespace chokepoint::analysis
