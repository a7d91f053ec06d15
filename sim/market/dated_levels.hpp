#pragma once

#include <span>
#include <vector>

#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// Straight between two levels, the first and the last held before and after. `levels` in order of days, at least one.
double straight_between(std::span<const DatedLevel> levels, double day);

/// The same in logarithms, for positive levels: growth is steady between two.
class SteadyGrowth {
 public:
  explicit SteadyGrowth(std::span<const DatedLevel> levels);

  [[nodiscard]] double at(double day) const;

 private:
  /// From its day on, until the next: over its days it grows by a factor.
  struct Span {
    double day = 0.0;
    double days = 1.0;
    double level = 0.0;
    double factor = 1.0;
  };
  std::vector<Span> spans_;
};

}  // namespace chokepoint::sim
