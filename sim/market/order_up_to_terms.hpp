#pragma once

#include <cstdint>
#include <variant>

namespace chokepoint::sim {

/// How dealers foretell what they sell from one review to the next. Each starts from the sales of the market's start.

/// The mean of so many reviews.
struct MovingAverageTerms {
  std::int64_t reviews = 4;
};

struct SmoothingTerms {
  /// Of the newest sales, above 0 and at most 1.
  double weight = 0.2;
};

/// Sales return to those of the start.
struct AutoregressiveTerms {
  /// Of a deviation, what is left of it a review later; 0 to below 1.
  double persistence = 0.5;
};

/// Of dealers who order up to what they expect to sell until the goods of their next order are there.
struct OrderUpToTerms {
  std::variant<MovingAverageTerms, SmoothingTerms, AutoregressiveTerms> forecast;
  /// Goods of a product on top, of each dealer.
  double safety_stock = 0.0;
};

}  // namespace chokepoint::sim
