#pragma once

#include "analysis/study/design/cube_design.hpp"
#include "analysis/study/design/index_permutation.hpp"

namespace chokepoint::analysis {

/// Points of which each of as many equal parts of each side holds exactly one, at a random place in it (McKay, Beckman
/// and Conover 1979).
class LatinHypercube final : public CubeDesign {
 public:
  LatinHypercube(std::uint64_t points, const DesignChance& chance);

  [[nodiscard]] std::string_view kind() const override { return "latin-hypercube"; }
  [[nodiscard]] std::uint64_t points() const override { return points_; }
  void place(std::uint64_t index, std::span<double> coordinates) const override;

 private:
  struct Side {
    std::string stream;
    IndexPermutation part_of;
  };

  std::uint64_t points_;
  std::uint64_t seed_;
  std::vector<Side> sides_;
};

}  // namespace chokepoint::analysis
