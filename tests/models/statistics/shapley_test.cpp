#include "models/statistics/shapley.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <random>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

std::vector<double> random_worth(std::mt19937_64& chance, std::size_t players) {
  std::uniform_real_distribution<double> worth(-10.0, 10.0);
  std::vector<double> game(std::size_t{1} << players);
  for (double& value : game) value = worth(chance);
  return game;
}

/// By its definition: over all orders in which the players may come.
std::vector<double> by_orders(const std::vector<double>& worth) {
  std::vector<std::size_t> order(static_cast<std::size_t>(std::countr_zero(worth.size())));
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> values(order.size(), 0.0);
  double orders = 0.0;
  do {
    std::size_t set = 0;
    for (const std::size_t player : order) {
      values[player] += worth[set | std::size_t{1} << player] - worth[set];
      set |= std::size_t{1} << player;
    }
    orders += 1.0;
  } while (std::ranges::next_permutation(order).found);
  for (double& value : values) value /= orders;
  return values;
}

}  // namespace

TEST_CASE("a left glove and two right ones share as Shapley found") {
  // Only a pair is worth 1: the left glove gets 2/3, each right one 1/6.
  std::vector<double> worth(8, 0.0);
  for (const std::size_t set : {0b011U, 0b101U, 0b111U}) worth[set] = 1.0;
  const auto values = shapley_values(worth);
  CHECK(values[0] == doctest::Approx(2.0 / 3.0));
  CHECK(values[1] == doctest::Approx(1.0 / 6.0));
  CHECK(values[2] == doctest::Approx(1.0 / 6.0));
}

TEST_CASE("values are the mean contribution over all orders and add up to the whole") {
  std::mt19937_64 chance(5);
  for (std::size_t players = 1; players <= 6; ++players)
    for (int game = 0; game < 20; ++game) {
      const auto worth = random_worth(chance, players);
      const auto values = shapley_values(worth);
      const auto expected = by_orders(worth);
      for (std::size_t i = 0; i < players; ++i) CHECK(values[i] == doctest::Approx(expected[i]));
      CHECK(std::reduce(values.begin(), values.end()) == doctest::Approx(worth.back() - worth.front()).epsilon(1e-12));
    }
}

TEST_CASE("who adds the same to every set gets that and nobody shares nothing") {
  std::mt19937_64 chance(6);
  auto worth = random_worth(chance, 3);
  // A fourth player who adds 4 wherever it comes.
  for (std::size_t set = 0; set < 8; ++set) worth.push_back(worth[set] + 4.0);
  CHECK(shapley_values(worth)[3] == doctest::Approx(4.0));
  CHECK(shapley_values(std::vector<double>{3.0}).empty());
}

}  // namespace chokepoint::models
