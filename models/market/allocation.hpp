#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/market/ranked.hpp"

namespace chokepoint::models {

/// How a seller shares out what is short among orders (Cachon & Lariviere 1999, "Capacity choice and allocation:
/// strategic behavior and supply chain performance"). Whole goods; nobody gets more than was ordered; all of
/// `capacity` goes out while orders are left. Orders and capacity are not negative. O(n log n).

/// In proportion to `claims` (not negative), up to each order; what one leaves goes to the others in proportion. With
/// the orders themselves as claims this is proportional allocation, which rewards inflated orders; with equal claims it
/// is uniform allocation, which does not; past sales, or orders times the weight of a tier, are claims too. Who claims
/// nothing gets nothing. Fractions go to the largest remainders, among equals to the first.
class AllocationByClaims {
 public:
  /// What each gets, until the next call: its memory is kept for it.
  std::span<const std::int64_t> operator()(std::int64_t capacity, std::span<const std::int64_t> orders,
                                           std::span<const double> claims);

 private:
  /// Fills the orders that an equal price of claims reaches; returns what is left.
  std::int64_t fill_reached(std::int64_t capacity, std::span<const std::int64_t> orders,
                            std::span<const double> claims);
  /// Shares `goods` in proportion to claims, which no order of those who still claim limits.
  void share_out(std::int64_t goods, std::span<const double> claims);

  std::vector<std::int64_t> given_;
  /// Who claims and is not filled, in the order of the list.
  std::vector<std::size_t> claiming_;
  std::vector<Ranked> ranked_;
  std::vector<double> claims_from_;
};
std::vector<std::int64_t> allocate_by_claims(std::int64_t capacity, std::span<const std::int64_t> orders,
                                             std::span<const double> claims);

std::vector<std::int64_t> allocate_proportionally(std::int64_t capacity, std::span<const std::int64_t> orders);
std::vector<std::int64_t> allocate_uniformly(std::int64_t capacity, std::span<const std::int64_t> orders);

/// All bear the same shortfall; orders too small to bear it get nothing. What of it does not divide is borne by the
/// largest orders, among equals by the first.
std::vector<std::int64_t> allocate_linearly(std::int64_t capacity, std::span<const std::int64_t> orders);

}  // namespace chokepoint::models
