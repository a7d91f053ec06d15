#pragma once

#include <limits>
#include <span>
#include <vector>

namespace chokepoint::models {

/// A rule that bars a flow of goods, as it is believed: it holds with a chance from a date to another; with the rest
/// of the chance it never does. Days are numbers on any one calendar.
struct TradeRestriction {
  /// It bars goods on [effective, end). Chances are not negative and sum to at most 1.
  struct Branch {
    double chance = 1.0;
    double effective = 0.0;
    double end = std::numeric_limits<double>::infinity();
  };
  /// A waiver (share 1) or licences (less) let a share of the goods through on [from, until); of several the largest.
  struct Relief {
    double from = 0.0;
    double until = std::numeric_limits<double>::infinity();
    double share = 1.0;
  };

  std::vector<Branch> branches;
  std::vector<Relief> reliefs;

  /// The share of the flow expected to be free on `day`: 1 - P(in force) (1 - relief).
  [[nodiscard]] double legal_on(double day) const;
};

/// Of a flow that several rules bar, taken as independent day by day: the product of what each leaves free.
double legal_on(std::span<const TradeRestriction> restrictions, double day);

/// The mean of that over [from, from + days), days > 0: for one rule with a known date e and no end
/// clip((e - from) / days, 0, 1). O(n log n) in branches and reliefs.
double legal_share(std::span<const TradeRestriction> restrictions, double from, double days);

}  // namespace chokepoint::models
