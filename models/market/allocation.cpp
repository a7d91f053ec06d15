#include "models/market/allocation.hpp"

#include <algorithm>
#include <numeric>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

void expect_orders(std::int64_t capacity, std::span<const std::int64_t> orders) {
  expects(capacity >= 0, "capacity is not negative");
  expects(std::ranges::all_of(orders, [](std::int64_t order) { return order >= 0; }), "orders are not negative");
}

std::vector<std::size_t> places(std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

}  // namespace

std::span<const std::int64_t> AllocationByClaims::operator()(std::int64_t capacity,
                                                             std::span<const std::int64_t> orders,
                                                             std::span<const double> claims) {
  expect_orders(capacity, orders);
  expects(orders.size() == claims.size(), "each order has a claim");
  given_.assign(orders.size(), 0);
  claiming_.clear();
  for (std::size_t i = 0; i < orders.size(); ++i) {
    expects(claims[i] >= 0.0, "claims are not negative");
    if (claims[i] > 0.0 && orders[i] > 0) claiming_.push_back(i);
  }
  share_out(fill_reached(capacity, orders, claims), claims);
  return given_;
}

std::int64_t AllocationByClaims::fill_reached(std::int64_t capacity, std::span<const std::int64_t> orders,
                                              std::span<const double> claims) {
  double claimed = 0.0;
  for (const std::size_t i : claiming_) claimed += claims[i];
  std::int64_t left = capacity;
  const auto reached = [&](std::size_t i, double claims_left) {
    return static_cast<double>(orders[i]) * claims_left <= static_cast<double>(left) * claims[i];
  };
  if (std::ranges::none_of(claiming_, [&](std::size_t i) { return reached(i, claimed); })) return left;
  // Those that a price reaches first come first.
  ranked_.clear();
  for (const std::size_t i : claiming_) ranked_.push_back({static_cast<double>(orders[i]) / claims[i], i});
  std::sort(ranked_.begin(), ranked_.end());
  claims_from_.assign(ranked_.size() + 1, 0.0);
  for (std::size_t n = ranked_.size(); n-- > 0;) claims_from_[n] = claims_from_[n + 1] + claims[ranked_[n].place];
  std::size_t filled = 0;
  for (; filled < ranked_.size() && reached(ranked_[filled].place, claims_from_[filled]); ++filled) {
    const std::size_t i = ranked_[filled].place;
    given_[i] = std::min(orders[i], left);
    left -= given_[i];
  }
  claiming_.clear();
  for (std::size_t n = filled; n < ranked_.size(); ++n) claiming_.push_back(ranked_[n].place);
  // Fractions are shared in the order of the list.
  std::ranges::sort(claiming_);
  return left;
}

void AllocationByClaims::share_out(std::int64_t goods, std::span<const double> claims) {
  double total = 0.0;
  for (const std::size_t i : claiming_) total += claims[i];
  if (total <= 0.0) return;
  ranked_.clear();
  std::int64_t left = goods;
  for (const std::size_t i : claiming_) {
    const double share = static_cast<double>(goods) * (claims[i] / total);
    given_[i] = std::min(static_cast<std::int64_t>(share), left);
    left -= given_[i];
    ranked_.push_back({static_cast<double>(given_[i]) - share, i});
  }
  // The largest remainders come first.
  const auto rounded_up = std::min(static_cast<std::size_t>(left), ranked_.size());
  if (rounded_up < ranked_.size())
    std::nth_element(ranked_.begin(), ranked_.begin() + static_cast<std::ptrdiff_t>(rounded_up), ranked_.end());
  for (std::size_t n = 0; n < rounded_up; ++n) ++given_[ranked_[n].place];
}

std::vector<std::int64_t> allocate_by_claims(std::int64_t capacity, std::span<const std::int64_t> orders,
                                             std::span<const double> claims) {
  AllocationByClaims allocate;
  const auto given = allocate(capacity, orders, claims);
  return {given.begin(), given.end()};
}

std::vector<std::int64_t> allocate_proportionally(std::int64_t capacity, std::span<const std::int64_t> orders) {
  const std::vector<double> claims(orders.begin(), orders.end());
  return allocate_by_claims(capacity, orders, claims);
}

std::vector<std::int64_t> allocate_uniformly(std::int64_t capacity, std::span<const std::int64_t> orders) {
  const std::vector<double> claims(orders.size(), 1.0);
  return allocate_by_claims(capacity, orders, claims);
}

std::vector<std::int64_t> allocate_linearly(std::int64_t capacity, std::span<const std::int64_t> orders) {
  expect_orders(capacity, orders);
  std::vector<std::size_t> largest_first = places(orders.size());
  std::ranges::stable_sort(largest_first, [&](std::size_t a, std::size_t b) { return orders[a] > orders[b]; });

  // The served are the most for whom the smallest order still covers its part of the shortfall.
  std::int64_t sum = 0;
  std::int64_t served = 0;
  std::int64_t shortfall = 0;
  for (std::size_t k = 0; k < largest_first.size(); ++k) {
    sum += orders[largest_first[k]];
    const auto count = static_cast<std::int64_t>(k) + 1;
    const std::int64_t short_of = std::max<std::int64_t>(0, sum - capacity);
    if (orders[largest_first[k]] * count < short_of) break;
    served = count;
    shortfall = short_of;
  }
  std::vector<std::int64_t> given(orders.size(), 0);
  for (std::int64_t k = 0; k < served; ++k) {
    const std::size_t i = largest_first[static_cast<std::size_t>(k)];
    given[i] = orders[i] - shortfall / served - (k < shortfall % served ? 1 : 0);
  }
  return given;
}

}  // namespace chokepoint::models
