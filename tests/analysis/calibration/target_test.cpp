#include "analysis/calibration/target.hpp"

#include <cmath>
#include <limits>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <doctest/doctest.h>

#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {
namespace {

const Target ten{.outcome = "x", .value = 10.0, .tolerance = 2.0};

}  // namespace

TEST_CASE("a single replicate is held against a target in its tolerances") {
  const TargetFit fit = fit_of(ten, std::vector{13.0}, Centre::mean);
  CHECK(fit.implausibility == doctest::Approx(1.5));
  CHECK(fit.deviance == doctest::Approx(2.25));
}

TEST_CASE("scatter of the replicates widens the tolerance by hand") {
  // 12, 14, 16: mean 14, variance 4, V = 4 + 4 (1 + 1/3) = 28/3; the median's: 4 + 4 (1 + pi/6).
  const std::vector replicates{16.0, 12.0, 14.0};
  const TargetFit mean = fit_of(ten, replicates, Centre::mean);
  CHECK(mean.centre == doctest::Approx(14.0));
  CHECK(mean.luck_sd == doctest::Approx(2.0));
  CHECK(mean.sd == doctest::Approx(std::sqrt(28.0 / 3.0)));
  // (28/3) / (16/3) of it is luck: 2 * 1.75^2 degrees of freedom, a normal's distance as rare as Student's.
  const boost::math::students_t student(6.125);
  const double share = boost::math::cdf(boost::math::complement(student, 4.0 / std::sqrt(28.0 / 3.0)));
  CHECK(mean.implausibility ==
        doctest::Approx(boost::math::quantile(boost::math::complement(boost::math::normal(), share))).epsilon(0.005));
  const TargetFit median = fit_of(ten, replicates, Centre::median);
  CHECK(median.centre == 14.0);
  CHECK(median.sd == doctest::Approx(std::sqrt(8.0 + 4.0 * 3.14159265 / 6.0)));
  CHECK(fit_of(ten, std::vector{1.0, 2.0, 30.0, 4.0}, Centre::median).centre == 3.0);
}

TEST_CASE("among sets that hit a target the one with less luck has the better likelihood") {
  CHECK(fit_of(ten, std::vector{10.0, 10.0}, Centre::mean).deviance == 0.0);
  CHECK(fit_of(ten, std::vector{9.0, 11.0}, Centre::mean).deviance > 0.0);
  CHECK(fit_of(ten, std::vector{5.0, 15.0}, Centre::mean).deviance >
        fit_of(ten, std::vector{9.0, 11.0}, Centre::mean).deviance);
}

TEST_CASE("implausibility of a truth passes 1.645 in about 10 % of cases with any share of luck") {
  // The fact and the replicates come from the same distribution: with many replicates the distance is normal.
  for (const double luck : {0.0, 1.0, 5.0}) {
    sim::RandomStream draws(1, 0, "target");
    const int cases = 20000;
    double passed = 0.0;
    for (int i = 0; i < cases; ++i) {
      Target target{.outcome = "x", .value = luck * draws.normal() + 2.0 * draws.normal(), .tolerance = 2.0};
      std::vector<double> replicates(40);
      for (double& value : replicates) value = luck * draws.normal();
      passed += fit_of(target, replicates, Centre::mean).implausibility > 1.645 ? 1.0 / cases : 0.0;
    }
    CAPTURE(luck);
    CHECK(passed == doctest::Approx(0.10).epsilon(0.08));
  }
}

TEST_CASE("implausibility of a truth passes 1.645 as often with few replicates as a normal does, and 3 seldom") {
  for (const std::size_t count : {3u, 5u}) {
    for (const double luck : {0.5, 2.0, 20.0}) {
      sim::RandomStream draws(2, 0, "target");
      const int cases = 40000;
      double passed = 0.0, passed_3 = 0.0;
      for (int i = 0; i < cases; ++i) {
        const Target target{.outcome = "x", .value = luck * draws.normal() + 2.0 * draws.normal(), .tolerance = 2.0};
        std::vector<double> replicates(count);
        for (double& value : replicates) value = luck * draws.normal();
        const double found = fit_of(target, replicates, Centre::mean).implausibility;
        passed += found > 1.645 ? 1.0 / cases : 0.0;
        passed_3 += found > 3.0 ? 1.0 / cases : 0.0;
      }
      CAPTURE(count);
      CAPTURE(luck);
      CHECK(passed == doctest::Approx(0.10).epsilon(0.15));
      // A normal: .0027. Of three replicates a Student of two degrees of freedom, as it stands: .095.
      CHECK(passed_3 < 0.015);
    }
  }
}

TEST_CASE("a range is the central 90 % of a normal") {
  CHECK(tolerance_of_range(8.0, 12.0) == doctest::Approx(4.0 / 3.28971).epsilon(1e-5));
}

TEST_CASE("a replicate that is no number fits nothing") {
  const std::vector broken{10.0, std::numeric_limits<double>::quiet_NaN()};
  CHECK(fit_of(ten, broken, Centre::mean).deviance == std::numeric_limits<double>::infinity());
}

}  // namespace chokepoint::analysis
