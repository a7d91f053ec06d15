#pragma once

#include <algorithm>

namespace chokepoint::models {

/// How a maker reviews its list prices, which move seldom and in steps (Blinder, Canetti, Lebow & Rudd 1998): shares of
/// the first list price. That all steps make a fifth at most is what was seen in China from 2021 to 2023 (trade press);
/// the size of a step is assumed.
struct ListPriceReview {
  double step = 0.1;
  /// Most that a list price goes up or down in all.
  double most = 0.2;
};

/// A list price over the first one, after a review where it was `level` and goods trade at `spot_over_list` times it: a
/// step up where the spot price lies more than a step above, a step down where it lies below.
inline double reviewed_level(const ListPriceReview& review, double level, double spot_over_list) {
  double step = 0.0;
  if (spot_over_list > 1.0 + review.step) step = review.step;
  if (spot_over_list < 1.0) step = -review.step;
  return std::clamp(level + step, 1.0 - review.most, 1.0 + review.most);
}

}  // namespace chokepoint::models
