#include "models/power/pue.hpp"

#include <doctest/doctest.h>

#include "models/contract/expects.hpp"

using namespace chokepoint::models;

namespace {
// Losses 1 % + 2 % x + 3 % x^2 of 10 MW; cop 4 at 20 degC, one better for every 5 degC less.
constexpr LoadAndWeatherPue plant{.fixed_share = 0.01,
                                  .linear_share = 0.02,
                                  .square_share = 0.03,
                                  .cop_at_reference = 4.0,
                                  .reference_wet_bulb_c = 20.0,
                                  .cop_fall_per_c = 0.2,
                                  .least_cop = 2.0,
                                  .most_cop = 8.0};
constexpr double capacity_w = 10e6;
}  // namespace

TEST_CASE("a constant ratio multiplies and divides") {
  const Pue pue(ConstantPue{.ratio = 1.25});
  CHECK(pue.facility_power_w(4e6, 30.0) == 5e6);
  CHECK(pue.it_power_w_at(5e6, 30.0) == 4e6);
  CHECK(pue.facility_power_w(0.0, 30.0) == 0.0);
  CHECK_FALSE(pue.depends_on_weather());
}

TEST_CASE("a full site of 10 MW loses .6 MW and cools 10.6 MW at a coefficient of 4") {
  const Pue pue(plant, capacity_w);
  CHECK(pue.facility_power_w(10e6, 20.0) == doctest::Approx(10.6e6 * 1.25));
  CHECK(pue.facility_power_w(5e6, 0.0) == doctest::Approx((5e6 + 1e5 + 1e5 + 0.75e5) * 1.125));
  CHECK(pue.depends_on_weather());
}

TEST_CASE("without load the fixed losses are still drawn and cooled") {
  CHECK(Pue(plant, capacity_w).facility_power_w(0.0, 20.0) == doctest::Approx(1e5 * 1.25));
}

TEST_CASE("facility power rises with load and with heat and never falls below IT power") {
  const Pue pue(plant, capacity_w);
  double it_energy = 0.0;
  double facility_energy = 0.0;
  for (double wet_bulb = -30.0; wet_bulb < 40.0; wet_bulb += 2.5) {
    for (double it = 0.0; it < 12e6; it += 0.5e6) {
      const double power = pue.facility_power_w(it, wet_bulb);
      CHECK(power >= it);
      CHECK(pue.facility_power_w(it + 0.5e6, wet_bulb) > power);
      CHECK(pue.facility_power_w(it, wet_bulb + 2.5) >= power);
      it_energy += it;
      facility_energy += power;
    }
  }
  CHECK(facility_energy / it_energy > 1.0);
}

TEST_CASE("the inverse gives back the IT power at every load and weather") {
  for (const double square : {0.0, 0.03}) {
    LoadAndWeatherPue model = plant;
    model.square_share = square;
    const Pue pue(model, capacity_w);
    for (double wet_bulb = -30.0; wet_bulb < 40.0; wet_bulb += 7.0)
      for (double it = 0.0; it < 12e6; it += 0.7e6)
        CHECK(pue.it_power_w_at(pue.facility_power_w(it, wet_bulb), wet_bulb) == doctest::Approx(it).epsilon(1e-12));
  }
}

TEST_CASE("a facility limit below the fixed losses leaves no IT power") {
  CHECK(Pue(plant, capacity_w).it_power_w_at(1e5, 20.0) == 0.0);
}

TEST_CASE("a ratio below 1 is a bug of the caller") {
  CHECK_THROWS_AS(Pue(ConstantPue{.ratio = 0.9}), ContractViolation);
}
