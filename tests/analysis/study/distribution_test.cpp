#include "analysis/study/distribution.hpp"

#include <cmath>

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

double at(const DistributionShape& shape, double u) {
  return quantile({.shape = shape}, u);
}

TEST_CASE("quantiles are those of closed forms and tables") {
  CHECK(at(Uniform{.low = 2.0, .high = 4.0}, 0.25) == 2.5);
  CHECK(at(LogUniform{.low = 1.0, .high = 100.0}, 0.5) == doctest::Approx(10.0).epsilon(1e-14));
  // Abramowitz and Stegun 1964, table 26.5: the normal deviate of .975 and of .999.
  CHECK(at(Normal{.mean = 10.0, .sd = 2.0}, 0.975) == doctest::Approx(10.0 + 2.0 * 1.959963984540).epsilon(1e-12));
  CHECK(at(Normal{}, 0.001) == doctest::Approx(-3.090232306168).epsilon(1e-12));
  CHECK(at(LogNormal{.median = 7.0, .log_sd = 0.3}, 0.5) == doctest::Approx(7.0).epsilon(1e-14));
  CHECK(at(LogNormal{.median = 7.0, .log_sd = 0.3}, 0.025) ==
        doctest::Approx(7.0 * std::exp(-0.3 * 1.959963984540)).epsilon(1e-12));
  // u = (x - low)^2 / ((high - low) (mode - low)) below the mode.
  CHECK(at(Triangular{.low = 1.0, .mode = 2.0, .high = 5.0}, 0.16) == doctest::Approx(1.8).epsilon(1e-14));
  CHECK(at(Triangular{.low = 1.0, .mode = 2.0, .high = 5.0}, 0.25) == doctest::Approx(2.0).epsilon(1e-14));
  CHECK(at(Exponential{.mean = 3.0}, 0.5) == doctest::Approx(3.0 * std::log(2.0)).epsilon(1e-14));
  CHECK(at(Weibull{.scale = 2.0, .shape = 2.0}, 1.0 - std::exp(-4.0)) == doctest::Approx(4.0).epsilon(1e-12));
  // Beta(2, 2) is below x with the chance 3x^2 - 2x^3; Beta(a, 1) with x^a.
  CHECK(at(Beta{.alpha = 2.0, .beta = 2.0, .low = 10.0, .high = 20.0}, 0.15625) ==
        doctest::Approx(12.5).epsilon(1e-12));
  CHECK(at(Beta{.alpha = 3.0, .beta = 1.0}, 0.008) == doctest::Approx(0.2).epsilon(1e-12));
}

TEST_CASE("ends are exact and open ends infinite") {
  CHECK(at(Uniform{.low = 1.1, .high = 1.6}, 1.0) == 1.6);
  CHECK(at(LogUniform{.low = 0.3, .high = 0.9}, 0.0) == 0.3);
  CHECK(at(LogUniform{.low = 0.3, .high = 0.9}, 1.0) == 0.9);
  CHECK(at(Triangular{.low = 1.0, .mode = 2.0, .high = 5.0}, 0.0) == 1.0);
  CHECK(at(Triangular{.low = 1.0, .mode = 2.0, .high = 5.0}, 1.0) == 5.0);
  CHECK(at(Beta{.alpha = 2.0, .beta = 3.0, .low = 4.0, .high = 6.0}, 1.0) == 6.0);
  CHECK(std::isinf(at(Normal{}, 0.0)));
  CHECK(at(LogNormal{}, 0.0) == 0.0);
  CHECK(std::isinf(at(LogNormal{}, 1.0)));
  CHECK(at(Exponential{}, 0.0) == 0.0);
  CHECK(std::isinf(at(Weibull{}, 1.0)));
}

TEST_CASE("the share below a quantile is its own and quantiles rise") {
  const std::vector<DistributionShape> shapes{Uniform{.low = -1.0, .high = 3.0},
                                              LogUniform{.low = 0.1, .high = 30.0},
                                              Normal{.mean = -2.0, .sd = 0.5},
                                              LogNormal{.median = 0.2, .log_sd = 1.5},
                                              Triangular{.low = -1.0, .mode = -1.0, .high = 2.0},
                                              Exponential{.mean = 0.1},
                                              Weibull{.scale = 5.0, .shape = 0.7},
                                              Beta{.alpha = 0.5, .beta = 4.0, .low = 1.0, .high = 9.0}};
  for (const DistributionShape& shape : shapes) {
    CAPTURE(shape.index());
    double before = -INFINITY;
    for (int i = 1; i < 200; ++i) {
      const double value = at(shape, i / 200.0);
      CHECK(value > before);
      CHECK(share_below(shape, value) == doctest::Approx(i / 200.0).epsilon(1e-9));
      before = value;
    }
  }
}

TEST_CASE("a distribution that is cut keeps its form between the cuts") {
  const Distribution cut{.shape = Normal{.mean = 0.0, .sd = 1.0}, .least = -1.0, .most = 2.0};
  CHECK(quantile(cut, 0.0) == -1.0);
  CHECK(quantile(cut, 1.0) == 2.0);
  // The median has half of what lies between: F(x) = (F(-1) + F(2)) / 2.
  const double middle = quantile(cut, 0.5);
  CHECK(share_below(cut.shape, middle) == doctest::Approx((0.158655253931457 + 0.977249868051821) / 2).epsilon(1e-12));
  const Distribution one_side{.shape = Exponential{.mean = 2.0}, .least = 3.0};
  // Without memory: what is left of an exponential beyond a point is the same exponential.
  CHECK(quantile(one_side, 0.7) == doctest::Approx(3.0 + quantile({.shape = Exponential{.mean = 2.0}}, 0.7)));
}

}  // namespace
}  // namespace chokepoint::analysis
