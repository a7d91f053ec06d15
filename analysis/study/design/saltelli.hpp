#pragma once

#include "analysis/study/design/cube_design.hpp"
#include "analysis/study/design/sobol_sequence.hpp"

namespace chokepoint::analysis {

/// Points for the indices of Sobol (Saltelli 2002; Saltelli et al. 2010, table 2): two independent samples A and B of
/// `base` points, and for each parameter A with its column from B, and, where indices of second order are asked, B with
/// its column from A. Blocks in order of the base: A, A_B1 ... A_Bk, (B_A1 ... B_Ak,) B; k + 2 or 2k + 2 points each.
class Saltelli final : public CubeDesign {
 public:
  struct Form {
    std::uint64_t base = 0;
    bool second_order = false;
  };

  Saltelli(const Form& form, const DesignChance& chance);

  [[nodiscard]] std::string_view kind() const override { return "saltelli"; }
  [[nodiscard]] std::uint64_t points() const override { return form_.base * block(); }
  void place(std::uint64_t index, std::span<double> coordinates) const override;

  /// Points of a block.
  [[nodiscard]] std::uint64_t block() const { return (form_.second_order ? 2 : 1) * sides_ + 2; }

 private:
  Form form_;
  std::uint64_t sides_;
  ShiftedSobol sequence_;  // A in the first half of its dimensions, B in the second
};

}  // namespace chokepoint::analysis
