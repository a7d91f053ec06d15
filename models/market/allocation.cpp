#include "models/market/allocation.hpp"

#include <algorithm>
#include <cmath>
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

/// Shares `goods` in proportion to claims, which no order at `who` limits.
void share_out(std::int64_t goods, std::span<const std::size_t> who, std::span<const double> claims,
               std::vector<std::int64_t>& given) {
  double total = 0.0;
  for (const std::size_t i : who) total += claims[i];
  if (total <= 0.0) return;
  std::vector<std::pair<double, std::size_t>> remainders;
  remainders.reserve(who.size());
  std::int64_t left = goods;
  for (const std::size_t i : who) {
    const double share = static_cast<double>(goods) * (claims[i] / total);
    given[i] = std::min(static_cast<std::int64_t>(std::floor(share)), left);
    left -= given[i];
    remainders.emplace_back(static_cast<double>(given[i]) - share, i);
  }
  const auto rounded_up = std::min(static_cast<std::size_t>(left), remainders.size());
  if (rounded_up < remainders.size())
    std::ranges::nth_element(remainders, remainders.begin() + static_cast<std::ptrdiff_t>(rounded_up));
  for (std::size_t next = 0; next < rounded_up; ++next) ++given[remainders[next].second];
}

}  // namespace

std::vector<std::int64_t> allocate_by_claims(std::int64_t capacity, std::span<const std::int64_t> orders,
                                             std::span<const double> claims) {
  expect_orders(capacity, orders);
  expects(orders.size() == claims.size(), "each order has a claim");
  std::vector<std::int64_t> given(orders.size(), 0);
  std::vector<std::size_t> by_limit;
  by_limit.reserve(orders.size());
  double claimed = 0.0;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    expects(claims[i] >= 0.0, "claims are not negative");
    if (claims[i] <= 0.0 || orders[i] == 0) continue;
    by_limit.push_back(i);
    claimed += claims[i];
  }
  std::int64_t left = capacity;
  const auto reached = [&](std::size_t i, double claims_left) {
    return static_cast<double>(orders[i]) * claims_left <= static_cast<double>(left) * claims[i];
  };
  std::size_t k = 0;
  if (std::ranges::any_of(by_limit, [&](std::size_t i) { return reached(i, claimed); })) {
    // An order is filled where an equal price of claims reaches it; those that it reaches first come first.
    std::ranges::stable_sort(by_limit, [&](std::size_t a, std::size_t b) {
      return static_cast<double>(orders[a]) / claims[a] < static_cast<double>(orders[b]) / claims[b];
    });
    std::vector<double> claims_from(by_limit.size() + 1, 0.0);
    for (std::size_t n = by_limit.size(); n-- > 0;) claims_from[n] = claims_from[n + 1] + claims[by_limit[n]];
    for (; k < by_limit.size() && reached(by_limit[k], claims_from[k]); ++k) {
      const std::size_t i = by_limit[k];
      given[i] = std::min(orders[i], left);
      left -= given[i];
    }
    // Fractions are shared in the order of the buyers.
    std::ranges::sort(by_limit.begin() + static_cast<std::ptrdiff_t>(k), by_limit.end());
  }
  share_out(left, std::span(by_limit).subspan(k), claims, given);
  return given;
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
