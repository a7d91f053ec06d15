#include "sim/kernel/random_stream.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include <Random123/philox.h>
#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

constexpr int draws = 20'000;

std::vector<double> drawn(const std::function<double()>& draw) {
  std::vector<double> values(draws);
  std::ranges::generate(values, draw);
  return values;
}

double mean(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// sqrt(n) times the largest distance between the empirical and the given distribution.
double kolmogorov(std::vector<double> values, const std::function<double(double)>& distribution) {
  std::ranges::sort(values);
  const auto n = static_cast<double>(values.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = distribution(values[i]);
    distance = std::max({distance, std::abs(expected - static_cast<double>(i) / n),
                         std::abs(expected - static_cast<double>(i + 1) / n)});
  }
  return distance * std::sqrt(n);
}

using Draw = std::function<double(RandomStream&)>;

/// Kolmogorov's distance has mean sqrt(pi / 2) ln 2 = .8687 and standard deviation .26; held over many streams.
void check_distribution(const Draw& draw, double mean_value, const std::function<double(double)>& distribution) {
  constexpr int streams = 50;
  double distance = 0.0;
  double mean_sum = 0.0;
  for (std::uint64_t seed = 0; seed < streams; ++seed) {
    RandomStream stream(seed, 0, "distribution");
    const auto values = drawn([&] { return draw(stream); });
    distance += kolmogorov(values, distribution);
    mean_sum += mean(values);
  }
  CHECK(distance / streams == doctest::Approx(0.8687).epsilon(0.17));
  CHECK(mean_sum / streams + 1.0 == doctest::Approx(mean_value + 1.0).epsilon(0.004));
}

}  // namespace

// Source: tests/kat_vectors of Random123 1.14 (D. E. Shaw Research), lines philox4x32 10.
TEST_CASE("the generator gives the published answers") {
  using Philox = r123::Philox4x32;
  struct Answer {
    Philox::ctr_type counter;
    Philox::key_type key;
    Philox::ctr_type words;
  };
  const std::array answers{Answer{{{0, 0, 0, 0}}, {{0, 0}}, {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}},
                           Answer{{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}},
                                  {{0xffffffff, 0xffffffff}},
                                  {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}},
                           Answer{{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}},
                                  {{0xa4093822, 0x299f31d0}},
                                  {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}}};
  for (const Answer& answer : answers) CHECK((Philox{}(answer.counter, answer.key) == answer.words));
}

// Source: Philox4x32-10 and FNV-1a written a second time, in Python, from their papers, and held against the published
// answers above; two draws a block, (bits + 1/2) / 2^52 of each pair of words.
TEST_CASE("the draws of a named stream are those of a second implementation") {
  RandomStream arrivals(1, 0, "fleets/0/arrivals");
  for (const double expected : {0.33867394735723144, 0.5157222847427768, 0.018151861552849424, 0.41434172510806})
    CHECK(arrivals.uniform() == expected);
  RandomStream value(0x123456789abcdef0, 7, "buyers/17/value");
  for (const double expected : {0.872591542884423, 0.9992980436483342, 0.20369533308106458, 0.8809133515833686})
    CHECK(value.uniform() == expected);
}

TEST_CASE("a stream draws the same whatever others draw beside it") {
  RandomStream alone(5, 2, "a");
  const auto expected = drawn([&] { return alone.uniform(); });
  RandomStream first(5, 2, "a");
  RandomStream other(5, 2, "b");
  CHECK(drawn([&] {
          (void)other.uniform();
          return first.uniform();
        }) == expected);
}

TEST_CASE("streams that differ in seed or replicate or name are not alike") {
  RandomStream base(5, 2, "a");
  const auto values = drawn([&] { return base.uniform(); });
  for (RandomStream other : {RandomStream(6, 2, "a"), RandomStream(5, 3, "a"), RandomStream(5, 2, "b")}) {
    double covariance = 0.0;
    for (const double value : values) covariance += (value - 0.5) * (other.uniform() - 0.5);
    // Four standard deviations of the correlation of independent draws.
    CHECK(std::abs(12.0 * covariance / draws) < 4.0 / std::sqrt(draws));
  }
}

TEST_CASE("distributions are those of their closed forms") {
  const auto normal = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
  check_distribution([](RandomStream& stream) { return stream.uniform(); }, 0.5, [](double x) { return x; });
  check_distribution([](RandomStream& stream) { return stream.exponential(3.0); }, 3.0,
                     [](double x) { return -std::expm1(-x / 3.0); });
  check_distribution([](RandomStream& stream) { return stream.normal(); }, 0.0, normal);
  check_distribution([](RandomStream& stream) { return stream.log_normal(2.0, 0.5); }, std::exp(2.0 + 0.125),
                     [&](double x) { return normal((std::log(x) - 2.0) / 0.5); });
}

TEST_CASE("uniform numbers lie inside of 0 and 1") {
  RandomStream stream(1, 0, "inside");
  const auto values = drawn([&] { return stream.uniform(); });
  CHECK(std::ranges::min(values) > 0.0);
  CHECK(std::ranges::max(values) < 1.0);
}

TEST_CASE("every distribution rises with the uniform number that it is made of") {
  RandomStream uniform(9, 0, "x");
  RandomStream exponential(9, 0, "x");
  RandomStream normal(9, 0, "x");
  std::vector<std::array<double, 3>> rows;
  for (int i = 0; i < 1000; ++i) rows.push_back({uniform.uniform(), exponential.exponential(1.0), normal.normal()});
  std::ranges::sort(rows);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    CHECK(rows[i][1] >= rows[i - 1][1]);
    CHECK(rows[i][2] >= rows[i - 1][2]);
  }
}

}  // namespace chokepoint::sim
