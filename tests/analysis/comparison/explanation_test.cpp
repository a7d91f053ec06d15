#include "analysis/comparison/explanation.hpp"

#include <doctest/doctest.h>

#include "analysis/comparison/document_text.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::analysis {
namespace {

using tests::document_of;

constexpr double exact = 1e-11;

CourseFigures figures_of(const sim::ScenarioDocument& document, const ReplicateOptions& options) {
  const sim::Scenario scenario = sim::load_scenario(document);
  return {.name = "x",
          .figures = figure_samples(run_replicates(std::vector{course_of("x", scenario)}, options).front())};
}

Explanation explained(const std::string& base, const std::string& other, const std::vector<std::string>& keys,
                      const ReplicateOptions& options = {}) {
  const auto one = document_of(base);
  const auto two = document_of(other);
  const CourseFigures of_base = figures_of(one, options);
  const CourseFigures of_other = figures_of(two, options);
  return explain({.base = one, .other = two, .base_figures = of_base, .other_figures = of_other}, keys, options);
}

/// 10 MW around the clock for ten days.
std::string site(const std::string& keys, const std::string& more = "") {
  return R"({"name": "a", "start": "2023-01-02", "duration": "10 d", "currency": "CNY", "exchange_rates": {"USD": "7.1 CNY"}, )" +
         more + R"("sites": [{"name": "s", "it_load": "10 MW", )" + keys + "}]}";
}

std::string cluster(const std::string& fleet, const std::string& price) {
  return R"({"name": "a", "start": "2023-01-02", "duration": "2 d", "currency": "CNY", "exchange_rates": {"USD": "7.1 CNY"}, "sites": [{"name": "s",
    "tariff": {"kind": "flat", "price": ")" +
         price + R"("}}], "fleets": [{"name": "f", "server": "dgx-a100-80gb", "server_price": "1 CNY", )" + fleet +
         R"(, "workload": {"kind": "synthetic", "mean_interval": "10 min", "median_duration": "1 h"}}]})";
}

double sum_of_parts(const ExplainedFigure& figure) {
  double sum = figure.rest ? figure.rest->mean : 0.0;
  for (const Contribution& one : figure.contributions)
    if (one.part) sum += one.part->mean;
  return sum;
}

}  // namespace

TEST_CASE("two factors of a product share its change by the mean of the other") {
  // Cost = 2.4 GWh x PUE x price; Shapley: each change times the mean of the other factor.
  const auto explanation =
      explained(site(R"("pue": 1.2, "tariff": {"kind": "flat", "price": "0.5 CNY/kWh"})"),
                site(R"("pue": 1.5, "tariff": {"kind": "flat", "price": "0.8 CNY/kWh"})"), {"electricity_cost"});
  REQUIRE(explanation.groups.size() == 2);
  CHECK(explanation.settings[0].setting.pointer == "/sites/0/pue");
  const ExplainedFigure& cost = explanation.figures.at(0);
  CHECK(cost.difference.mean == doctest::Approx(2.4e6 * (1.5 * 0.8 - 1.2 * 0.5)).epsilon(exact));
  CHECK(cost.contributions[0].part->mean == doctest::Approx(2.4e6 * 0.3 * 0.65).epsilon(exact));
  CHECK(cost.contributions[1].part->mean == doctest::Approx(2.4e6 * 0.3 * 1.35).epsilon(exact));
  CHECK(cost.contributions[0].alone->mean == doctest::Approx(2.4e6 * 0.3 * 0.5).epsilon(exact));
  CHECK(cost.contributions[1].alone->mean == doctest::Approx(2.4e6 * 0.3 * 1.2).epsilon(exact));
  CHECK_FALSE(cost.rest);
  const auto json = contributions_json(explanation, cost);
  CHECK(json[0]["settings"][0] == "/sites/0/pue");
  CHECK(json[0]["low"].is_null());
}

TEST_CASE("contributions with chance add up to the difference") {
  const auto explanation =
      explained(cluster(R"("nodes": 20, "scheduler": "fifo")", "0.5 CNY/kWh"),
                cluster(R"("nodes": 6, "scheduler": "sjf", "power": "rated")", "0.6 CNY/kWh"),
                {"electricity_cost", "wait_mean_s", "energy_mwh", "currency"}, {.replicates = 4, .workers = 2});
  CHECK(explanation.method == Explanation::Method::shapley);
  CHECK(explanation.groups.size() == 4);
  REQUIRE(explanation.figures.size() == 3);
  for (const ExplainedFigure& figure : explanation.figures) {
    CAPTURE(figure.figure);
    CHECK(sum_of_parts(figure) == doctest::Approx(figure.difference.mean).epsilon(exact));
    for (const Contribution& one : figure.contributions) CHECK(one.part->interval);
  }
  // A price changes neither waits nor energy in any draw.
  CHECK(explanation.settings[3].setting.pointer == "/sites/0/tariff/price");
  CHECK(explanation.figures[1].contributions[3].part->interval == Interval{0.0, 0.0});
  CHECK(explanation.figures[2].contributions[3].part->interval == Interval{0.0, 0.0});
}

TEST_CASE("a setting that is refused alone is switched with what it needs") {
  const std::string with_tariff = cluster(R"("nodes": 12, "scheduler": "tariff-aware")", "0.5 CNY/kWh");
  auto without = sim::Json::parse(cluster(R"("nodes": 10, "scheduler": "fifo")", "0.5 CNY/kWh"));
  without["sites"][0].erase("tariff");
  const auto explanation = explained(without.dump(), with_tariff, {"energy_mwh"}, {.replicates = 2});
  CHECK(explanation.groups == std::vector<SettingGroup>{{0}, {1, 2}});
  CHECK(explanation.settings[1].setting.pointer == "/fleets/0/scheduler");
  CHECK(explanation.settings[2].setting.pointer == "/sites/0/tariff");
  const ExplainedFigure& energy = explanation.figures.at(0);
  CHECK(sum_of_parts(energy) == doctest::Approx(energy.difference.mean).epsilon(exact));
}

TEST_CASE("many keys are switched one at a time and what is left is told") {
  const auto explanation = explained(
      site(R"("pue": 1.2, "tariff": {"kind": "flat", "price": "0.5 CNY/kWh"})", R"("fleets": [], )"),
      R"({"name": "a", "start": "2023-01-03", "duration": "20 d", "currency": "CNY", "exchange_rates": {"USD": "7.1 CNY"}, "run_in": "1 d",
          "series_step": "2 h", "exchange_rates": {"USD": "7 CNY"}, "sites": [{"name": "s", "it_load": "20 MW",
          "pue": 1.2, "tariff": {"kind": "flat", "price": "0.5 CNY/kWh"}}],
          "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 4}]})",
      {"electricity_cost"});
  CHECK(explanation.method == Explanation::Method::one_at_a_time);
  CHECK(explanation.groups.size() == 7);
  const ExplainedFigure& cost = explanation.figures.at(0);
  REQUIRE(cost.rest);
  CHECK(sum_of_parts(cost) == doctest::Approx(cost.difference.mean).epsilon(exact));
  for (std::size_t i = 0; i < explanation.groups.size(); ++i) {
    if (explanation.settings[explanation.groups[i][0]].setting.pointer != "/duration") continue;
    // Ten days more: of the base, and of the other.
    const double alone = 10 * 24 * 1e4 * 1.2 * 0.5;
    CHECK(cost.contributions[i].alone->mean == doctest::Approx(alone).epsilon(exact));
    CHECK(cost.contributions[i].part->mean > alone);
  }
}

TEST_CASE("courses of equal settings need no explanation") {
  const std::string same = site(R"("pue": 1.2)");
  const auto explanation = explained(same, same, {"energy_mwh"});
  CHECK(explanation.settings.empty());
  CHECK(explanation.figures.empty());
}

}  // namespace chokepoint::analysis
