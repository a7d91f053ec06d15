#include "analysis/output/envelope.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <doctest/doctest.h>

namespace chokepoint::analysis {

TEST_CASE("a step in the middle of a bin counts by the time that it holds") {
  const std::vector<double> time{0.0, 1.0, 3.0};
  const std::vector<double> values{10.0, 20.0, 30.0};
  const auto bins = envelope(time, values, 4.0, 2);
  CHECK(bins[0].least == 10.0);
  CHECK(bins[0].most == 20.0);
  CHECK(bins[0].mean == doctest::Approx(15.0));
  CHECK(bins[1].mean == doctest::Approx(25.0));
}

TEST_CASE("gaps stay gaps") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> time{0.0, 1.0, 2.0};
  const std::vector<double> values{1.0, none, 3.0};
  const auto bins = envelope(time, values, 3.0, 3);
  CHECK(bins[0].mean == 1.0);
  CHECK(std::isnan(bins[1].mean));
  CHECK(bins[2].mean == 3.0);
}

TEST_CASE("no peak is lost and the integral is kept for any number of bins") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<double> time{0.0};
    std::vector<double> values;
    double integral = 0.0;
    for (int i = 0; i < 50; ++i) {
      const double length = static_cast<double>(random() % 1000);
      values.push_back(static_cast<double>(random() % 100));
      integral += values.back() * length;
      time.push_back(time.back() + length);
    }
    const double end = time.back();
    time.pop_back();
    const std::size_t count = 1 + random() % 100;
    const auto bins = envelope(time, values, end, count);
    double sum = 0.0;
    double most = 0.0;
    for (const Bin& bin : bins) {
      sum += bin.mean * end / static_cast<double>(count);
      most = std::max(most, bin.most);
      CHECK(bin.least <= bin.mean + 1e-9);
      CHECK(bin.mean <= bin.most + 1e-9);
    }
    CHECK(sum == doctest::Approx(integral));
    CHECK(most == *std::ranges::max_element(values));
  }
}

TEST_CASE("a curve of one instant fills the first bin") {
  const std::vector<double> time{5.0};
  const std::vector<double> values{2.0};
  CHECK(envelope(time, values, 5.0, 3)[0].mean == 2.0);
}

}  // namespace chokepoint::analysis
