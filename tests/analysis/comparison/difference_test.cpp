#include "analysis/comparison/difference.hpp"

#include <limits>

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

FigureSample number(const std::string& key, const std::string& unit, std::vector<double> values) {
  return {.key = key, .label = key, .unit = unit, .group = "", .numbers = std::move(values)};
}
FigureSample text(const std::string& key, std::vector<std::string> values) {
  return {.key = key, .label = key, .unit = "", .group = "", .is_text = true, .texts = std::move(values)};
}

const Difference& row(const std::vector<Difference>& rows, const std::string& key) {
  for (const Difference& one : rows)
    if (one.figure == key) return one;
  throw std::out_of_range(key);
}

}  // namespace

TEST_CASE("a difference is the mean of the paired ones with their interval") {
  const CourseFigures base{"a", {number("cost", "CNY", {10.0, 20.0, 30.0})}};
  const CourseFigures other{"b", {number("cost", "CNY", {11.0, 23.0, 35.0})}};
  const Difference cost = differences(base, other).front();
  CHECK(cost.scenario == "b");
  CHECK(std::get<double>(cost.base) == 20.0);
  CHECK(std::get<double>(cost.other) == 23.0);
  // 1, 3, 5: mean 3, s = 2, t(2; .95) = 2.919986.
  CHECK(cost.difference->mean == 3.0);
  CHECK(cost.difference->interval->high == doctest::Approx(3.0 + 2.919986 * 2.0 / std::sqrt(3.0)).epsilon(1e-6));
  CHECK(cost.relative()->mean == doctest::Approx(0.15));
  CHECK(cost.changed);
}

TEST_CASE("with the files swapped signs change and widths do not") {
  const CourseFigures a{"a", {number("cost", "CNY", {10.0, 20.5, 30.0}), number("wait", "s", {1.0, 7.0, 4.0})}};
  const CourseFigures b{"b", {number("cost", "CNY", {11.0, 23.0, 35.0}), number("wait", "s", {2.0, 2.0, 5.0})}};
  const auto there = differences(a, b);
  const auto back = differences(b, a);
  for (std::size_t i = 0; i < there.size(); ++i) {
    CHECK(back[i].difference->mean == -there[i].difference->mean);
    CHECK(back[i].difference->interval->low == -there[i].difference->interval->high);
    CHECK(back[i].difference->interval->high == -there[i].difference->interval->low);
    CHECK(back[i].base == there[i].other);
    CHECK(back[i].other == there[i].base);
  }
}

TEST_CASE("only replicates in which both have a number are compared") {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const CourseFigures base{"a", {number("wait", "s", {none, 2.0, 3.0})}};
  const CourseFigures other{"b", {number("wait", "s", {1.0, 3.0, none})}};
  const Difference wait = differences(base, other).front();
  CHECK(wait.difference->mean == 1.0);
  CHECK_FALSE(wait.difference->interval);
  CHECK(std::get<double>(wait.base) == 2.0);
}

TEST_CASE("what rounding leaves is no change and a little more is") {
  const auto changed = [](std::vector<double> values) {
    const CourseFigures base{"a", {number("energy", "MWh", {1000.0, 3000.0})}};
    return differences(base, {"b", {number("energy", "MWh", std::move(values))}}).front().changed;
  };
  CHECK_FALSE(changed({1000.0, 3000.0}));
  CHECK_FALSE(changed({1000.0 + 2e-4, 3000.0 - 2e-4}));
  CHECK(changed({1000.0, 3000.0 + 4e-4}));
  // A cancellation leaves something beside zero, which is measured by the others.
  const CourseFigures base{"a", {number("gap", "MWh", {0.0, 7.0})}};
  CHECK_FALSE(differences(base, {"b", {number("gap", "MWh", {1e-13, 7.0})}}).front().changed);
  CHECK(differences(base, {"b", {number("gap", "MWh", {1e-6, 7.0})}}).front().changed);
}

TEST_CASE("units that differ are not subtracted and what one lacks is named in its place") {
  const CourseFigures base{"a",
                           {number("jobs", "", {1.0, 1.0}), number("cost", "CNY", {10.0, 12.0}),
                            number("carbon", "t", {5.0, 5.0}), text("currency", {"CNY", "CNY"})}};
  const CourseFigures other{"b",
                            {number("jobs", "", {1.0, 1.0}), number("lost", "", {3.0, 4.0}),
                             number("cost", "USD", {1.0, 3.0}), text("currency", {"USD", "USD"})}};
  const auto rows = differences(base, other);
  std::vector<std::string> order;
  for (const Difference& one : rows) order.push_back(one.figure);
  CHECK(order == std::vector<std::string>{"jobs", "lost", "cost", "cost", "carbon", "currency"});
  CHECK_FALSE(row(rows, "jobs").changed);
  CHECK(row(rows, "lost").base == Difference::Value{});
  CHECK(row(rows, "lost").other == Difference::Value{3.5});
  CHECK(rows[2].unit == "CNY");
  CHECK(rows[2].other == Difference::Value{});
  CHECK(rows[3].unit == "USD");
  CHECK(rows[3].other == Difference::Value{2.0});
  CHECK_FALSE(rows[2].difference);
  CHECK_FALSE(rows[3].difference);
  CHECK(row(rows, "currency").base == Difference::Value{"CNY"});
  CHECK(row(rows, "currency").changed);
}

TEST_CASE("a row as JSON has null where there is nothing") {
  const CourseFigures base{"a", {number("cost", "CNY", {10.0}), text("name", {"x"})}};
  const CourseFigures other{"b", {number("cost", "CNY", {12.5}), text("name", {"y"})}};
  const auto rows = differences(base, other);
  CHECK(
      difference_json(rows[0]).dump() ==
      R"({"scenario":"b","figure":"cost","unit":"CNY","base":10.0,"other":12.5,"difference":2.5,"low":null,"high":null})");
  CHECK(
      difference_json(rows[1]).dump() ==
      R"({"scenario":"b","figure":"name","unit":"","base":"x","other":"y","difference":null,"low":null,"high":null})");
}

}  // namespace chokepoint::analysis
