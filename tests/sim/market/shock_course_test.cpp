#include "sim/market/shock_course.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "sim/market/shock_texts.hpp"

namespace chokepoint::sim {
namespace {

using std::chrono::days;
using tests::day;

ShockSpec turning(double forward, double withdrawn) {
  ShockSpec spec{.name = "rule", .announced = day("2023-10-17"), .effective = day("2023-11-16")};
  spec.brought_forward = ShockTurn{.chance = forward, .believed = 0.3, .known = day("2023-10-23")};
  spec.forward_to = day("2023-10-23");
  spec.withdrawn = ShockTurn{.chance = withdrawn, .believed = 0.4, .known = day("2023-11-14")};
  return spec;
}

double chance_of(const std::vector<BelievedDate>& dates, std::optional<std::chrono::local_days> effective) {
  double chance = 0.0;
  for (const BelievedDate& date : dates)
    if (date.effective == effective) chance += date.chance;
  return chance;
}

TEST_CASE("chances are kept over many replicates") {
  const ShockSpec spec = [] {
    ShockSpec one = turning(0.3, 0.4);
    one.chance = 0.8;
    return one;
  }();
  constexpr std::uint32_t replicates = 20000;
  int early = 0;
  int late = 0;
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    const ShockCourse course = resolve_shocks({&spec, 1}, 7, replicate).front();
    early += course.effective() == day("2023-10-23");
    late += course.effective() == day("2023-11-16");
  }
  // Comes (.8), then forward (.3), which a later withdrawal cannot undo; or else stays (.6).
  const auto within = [](int count, double chance) {
    const double mean = replicates * chance;
    return std::abs(count - mean) < 4.0 * std::sqrt(mean * (1.0 - chance));
  };
  CHECK(within(early, 0.8 * 0.3));
  CHECK(within(late, 0.8 * 0.7 * 0.6));
}

TEST_CASE("a shock that joins and chances that change move no draws of another") {
  const std::vector<ShockSpec> alone{turning(0.5, 0.5)};
  std::vector<ShockSpec> joined{turning(0.9, 0.1), turning(0.5, 0.5)};
  joined[0].name = "other";
  ShockSpec surer = turning(0.5, 0.5);
  surer.brought_forward.reset();
  for (std::uint32_t replicate = 0; replicate < 200; ++replicate) {
    CAPTURE(replicate);
    const ShockCourse one = resolve_shocks(alone, 1, replicate)[0];
    CHECK(one.effective() == resolve_shocks(joined, 1, replicate)[1].effective());
    if (one.effective() == day("2023-10-23")) continue;
    CHECK(one.effective() == resolve_shocks({&surer, 1}, 1, replicate)[0].effective());
  }
}

TEST_CASE("beliefs sum to one and follow the chances that are believed until each is known") {
  for (const bool forward : {false, true})
    for (const bool withdrawn : {false, true}) {
      const ShockCourse course(turning(1.0, 1.0), {.brought_forward = forward, .withdrawn = withdrawn});
      for (auto now = day("2023-10-17"); now < day("2023-12-01"); now += days(1)) {
        double sum = 0.0;
        for (const BelievedDate& date : course.belief(now)) sum += date.chance;
        CHECK(sum == doctest::Approx(1.0));
      }
      const auto before = course.belief(day("2023-10-22"));
      CHECK(chance_of(before, day("2023-10-23")) == doctest::Approx(0.3));
      CHECK(chance_of(before, day("2023-11-16")) == doctest::Approx(0.7 * 0.6));
      CHECK(chance_of(before, std::nullopt) == doctest::Approx(0.7 * 0.4));
      CHECK(chance_of(course.belief(day("2023-10-23")), day("2023-10-23")) == (forward ? 1.0 : 0.0));
      CHECK(chance_of(course.belief(day("2023-11-14")), std::nullopt) == (!forward && withdrawn ? 1.0 : 0.0));
      CHECK(chance_of(course.belief(day("2023-11-14")), course.effective()) == 1.0);
    }
}

TEST_CASE("realisations look alike until what parts them is known") {
  const ShockCourse late(turning(1.0, 1.0), {});
  const ShockCourse early(turning(1.0, 1.0), {.brought_forward = true});
  const ShockCourse never(turning(1.0, 1.0), {.withdrawn = true});
  const auto alike = [](const ShockCourse& a, const ShockCourse& b, std::chrono::local_days now) {
    return a.is_in_force(now) == b.is_in_force(now) &&
           std::ranges::equal(a.belief(now), b.belief(now), [](const BelievedDate& x, const BelievedDate& y) {
             return x.effective == y.effective && x.chance == y.chance;
           });
  };
  for (auto now = day("2023-10-17"); now < day("2023-11-20"); now += days(1)) {
    CHECK(alike(late, early, now) == (now < day("2023-10-23")));
    CHECK(alike(late, never, now) == (now < day("2023-11-14")));
  }
}

TEST_CASE("a withdrawal that is known before the shock could come early holds whatever else") {
  ShockSpec spec = turning(1.0, 1.0);
  spec.withdrawn->known = day("2023-10-20");
  const ShockCourse course(spec, {.brought_forward = true, .withdrawn = true});
  CHECK_FALSE(course.effective().has_value());
  const auto before = course.belief(day("2023-10-18"));
  CHECK(chance_of(before, day("2023-10-23")) == doctest::Approx(0.3 * 0.6));
  CHECK(chance_of(before, std::nullopt) == doctest::Approx(0.4));
}

TEST_CASE("a shock is in force from its first day to the day before its end and rises along its ramp") {
  const ShockSpec spec{.name = "surge",
                       .kind = ShockKind::demand_surge,
                       .announced = day("2023-01-01"),
                       .effective = day("2023-01-11"),
                       .end = day("2023-03-01"),
                       .size = 3.0,
                       .ramp_days = 20.0};
  const ShockCourse course(spec, {});
  CHECK(course.strength(day("2023-01-10")) == 0.0);
  CHECK(course.strength(day("2023-01-11")) == 0.0);
  CHECK(course.strength(day("2023-01-16")) == 0.25);
  CHECK(course.strength(day("2023-01-31")) == 1.0);
  CHECK(course.strength(day("2023-02-28")) == 1.0);
  CHECK(course.strength(day("2023-03-01")) == 0.0);
  CHECK_FALSE(course.is_in_force(day("2023-01-10")));
  CHECK(course.is_in_force(day("2023-02-28")));
  CHECK_FALSE(ShockCourse(spec, {.comes = false}).is_in_force(day("2023-02-01")));
}

}  // namespace
}  // namespace chokepoint::sim
