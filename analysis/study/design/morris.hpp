#pragma once

#include "analysis/study/design/cube_design.hpp"

namespace chokepoint::analysis {

/// Trajectories for elementary effects (Morris 1991): each begins at a random point of a lattice of `levels` a side and
/// moves every parameter once, in random order, by delta = levels / (2 (levels - 1)) up or down; k + 1 points each. An
/// even number of levels makes all of them equally likely.
class Morris final : public CubeDesign {
 public:
  struct Form {
    std::uint64_t trajectories = 0;
    /// Even, at least 2.
    std::uint64_t levels = 4;
  };

  Morris(const Form& form, const DesignChance& chance);

  [[nodiscard]] std::string_view kind() const override { return "morris"; }
  [[nodiscard]] std::uint64_t points() const override { return form_.trajectories * (streams_.size() + 1); }
  void place(std::uint64_t index, std::span<double> coordinates) const override;

  /// How far a parameter moves, as a share of its side.
  [[nodiscard]] double delta() const;

 private:
  Form form_;
  std::uint64_t seed_;
  std::vector<std::string> streams_;
};

}  // namespace chokepoint::analysis
