#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/study/design/design.hpp"

namespace chokepoint::analysis {

/// A design of points in the unit cube, one side a parameter, that are put through the parameters' distributions.
class CubeDesign : public Design {
 public:
  [[nodiscard]] std::vector<ParameterValue> values(std::span<const Parameter> parameters,
                                                   std::uint64_t index) const final;

  /// Coordinates from 0 to 1 of a point, as many as the design has sides.
  virtual void place(std::uint64_t index, std::span<double> coordinates) const = 0;
};

/// What a design is drawn from. Draws go by the parameter's name, so that another parameter moves none.
struct DesignChance {
  std::uint64_t seed = 1;
  /// Of the parameters, in their order.
  std::vector<std::string> names;
};

}  // namespace chokepoint::analysis
