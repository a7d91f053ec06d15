#include "analysis/calibration/fact_targets.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "analysis/calibration/calibration_store.hpp"
#include "analysis/calibration/study_evaluation.hpp"
#include "analysis/facts/market_rows.hpp"
#include "analysis/facts/observe_fact.hpp"
#include "analysis/study/load_study.hpp"
#include "cli/program.hpp"

namespace chokepoint::analysis {
namespace {

using tests::day;

/// A market from February, since January is its run-in, to the end of March, and a study of it with facts.
class FactsFolder {
 public:
  FactsFolder() {
    write("market.json", R"({"name": "m", "start": "2022-01-01", "duration": "90 d", "run_in": "31 d", "market": {
      "regions": [{"name": "CN", "currency": "CNY"}],
      "products": [{"name": "A100", "form": "card", "list": {"CN": "76000 CNY"}}],
      "foundry": {"cycle": "20 d", "capacity": [{"from": "2022-01-01", "gpus_per_day": 30}]},
      "dealers": [{"name": "d", "count": 5}],
      "buyers": [{"name": "b", "count": 20, "revenue": [{"from": "2022-01-01", "a_year": "3000000000 CNY"}]}]}})");
  }

  void write(const std::string& name, const std::string& text) const { static_cast<void>(folder_.write(name, text)); }
  void facts(const std::string& rows) const {
    write("facts.csv", "id,target,product,form,kind,region,unit,statistic,from,to,low,high,currency,source\n" + rows);
  }
  [[nodiscard]] Study load(const std::string& facts) const {
    write("study.json", R"({"name": "t", "scenario": "market.json", "outcomes": ["cn_a100_card_delivered"],
      "parameters": [{"name": "capacity", "at": "/market/foundry/capacity/0/gpus_per_day", "from": 20, "to": 40,
                      "steps": 2}], "design": {"kind": "grid"}, "facts": )" +
                            facts + "}");
    return load_study(folder_.path() / "study.json");
  }
  /// What is refused, without the folder; empty where nothing is.
  [[nodiscard]] std::string refused(const std::string& facts) const {
    try {
      const Study study = with_fact_targets(load(facts));
      static_cast<void>(StudyEvaluation(study, 1).try_middle());
      return {};
    } catch (const sim::InputError& error) {
      std::string lines;
      for (const sim::Fault& fault : error.faults()) lines += fault.where + ": found " + fault.found + '\n';
      return lines;
    }
  }

 private:
  tests::ScratchFolder folder_;
};

const char* const four =
    "early,1,A100,,spot,CN,card,mean,2022-01-15,2022-02-10,80000,80000,CNY,s\n"
    "units,1,A100,,deliveries,CN,GPUs,sum,2022-02-01,2022-03-31,100,400,,t\n"
    "aside,0,A100,,spot,CN,card,mean,2022-02-01,2022-02-28,80000,80000,CNY,u\n"
    "price,1,A100,,spot,CN,card,mean,2022-03-01,2022-03-20,80000,80000,CNY,v\n";

}  // namespace

TEST_CASE("a fact is a target on the logarithm of its range") {
  const MarketFact units{.id = "units", .low = 100.0, .high = 400.0, .source = "s"};
  const Target target = target_of(units, 0.05);
  CHECK(target.outcome == "units");
  CHECK(target.source == "s");
  CHECK(target.logarithmic);
  CHECK(target.value == doctest::Approx(std::log(200.0)));
  CHECK(target.tolerance == doctest::Approx(std::log(4.0) / 2.0 / 1.645).epsilon(1e-3));
  // 12 to 28 % are the factors 1.12 and 1.28.
  const MarketFact rise{.statistic = FactStatistic::percent_change, .low = 12.0, .high = 28.0};
  CHECK(target_of(rise, 0.01).value == doctest::Approx(0.5 * std::log(1.12 * 1.28)));
  CHECK(target_of(rise, 0.01).tolerance == doctest::Approx(std::log(1.28 / 1.12) / 2.0 / 1.645).epsilon(1e-3));
  CHECK(target_of(rise, 0.05).tolerance == 0.05);
}

TEST_CASE("the facts of a study that are targets and lie within its run are outcomes and targets by their ids") {
  const FactsFolder folder;
  folder.facts(four);
  const Study stated = folder.load(R"({"files": ["facts.csv"], "least_tolerance": "7 %"})");
  CHECK(stated.targets.empty());
  CHECK(stated.outcomes.size() == 1);
  const Study study = with_fact_targets(stated);
  REQUIRE(study.targets.size() == 2);
  CHECK(study.targets[0].outcome == "units");
  CHECK(study.targets[1].outcome == "price");
  CHECK(study.targets[1].tolerance == 0.07);
  CHECK(study.outcomes.at(study.targets[0].column).name == "units");
  CHECK(study.outcomes.at(study.targets[1].column).name == "price");

  const Study less = with_fact_targets(folder.load(R"({"files": ["facts.csv"], "without": ["units"]})"));
  REQUIRE(less.targets.size() == 1);
  CHECK(less.targets[0].tolerance == 0.05);
  CHECK(folder.load("{}").facts->known.size() > 20);
}

TEST_CASE("the pool keeps of a run of a market only the logarithms of what it shows of the facts") {
  const FactsFolder folder;
  folder.facts(four);
  const Study study = with_fact_targets(folder.load(R"({"files": ["facts.csv"]})"));
  StudyEvaluation evaluation(study, 1);
  CHECK(evaluation.try_middle().tables.empty());
  const auto found = evaluation(std::vector<std::vector<double>>{{0.5}});
  CHECK(evaluation.failed() == 0);
  // What the market itself counts as delivered from the first of February to the end of its 90 days.
  CHECK(std::exp(found[0][1][0]) == doctest::Approx(found[0][0][0]));
  CHECK(found[0][0][0] > 0.0);
  CHECK(std::exp(found[0][2][0]) == doctest::Approx(78000.0).epsilon(0.2));
}

TEST_CASE("what a run shows nothing of is a missing outcome that fits nothing") {
  MarketFact fact{.id = "price",
                  .product = "A100",
                  .kind = FactKind::spot,
                  .region = "CN",
                  .unit = "card",
                  .from = day("2022-03-01"),
                  .to = day("2022-03-01"),
                  .low = 1.0,
                  .high = 2.0,
                  .currency = models::find_currency("CNY")};
  const auto figure = [&](double spot, double delivered) {
    tests::MarketRows rows;
    rows.add(day("2022-03-01"), {.values = {{"spot", spot}, {"deliveries", delivered}}});
    sim::Record run;
    run.tables.push_back(rows.table());
    const auto figures = fact_figures({&fact, 1}, run, {});
    REQUIRE(figures.size() == 1);
    CHECK(figures[0].key == "fact price");
    return figures[0];
  };
  CHECK(std::get<double>(figure(100.0, 0.0).value) == doctest::Approx(std::log(100.0)));
  const sim::Figure none = figure(sim::no_value, 0.0);
  CHECK(std::get<std::string>(none.value) == no_value_in_period);
  CHECK_FALSE(never_shown(none).has_value());
  fact.kind = FactKind::deliveries;
  fact.statistic = FactStatistic::sum;
  fact.unit = "GPUs";
  CHECK(std::get<std::string>(figure(1.0, 0.0).value) == no_value_in_period);
  fact.product = "H100";
  CHECK(never_shown(figure(1.0, 1.0)).has_value());

  const Target target = target_of(fact, 0.05);
  CHECK(std::isinf(fit_of(target, std::vector{std::log(1.4), sim::no_value}, Centre::mean).implausibility));
}

TEST_CASE("facts that no run can show are refused before any set is run") {
  const FactsFolder folder;
  folder.facts(std::string(four) + "other,1,H100,,spot,CN,card,mean,2022-03-01,2022-03-20,80000,80000,CNY,v\n");
  CHECK(folder.refused(R"({"files": ["facts.csv"]})") ==
        "/facts: found \"other\": the market has no such product in this form and region\n");
  CHECK(folder.refused(R"({"files": ["facts.csv"], "without": ["other"]})").empty());
  CHECK(folder.refused(R"({"files": ["facts.csv"], "without": ["other", "units", "price"]})") ==
        "early: found 2022-01-15 to 2022-02-10\n");
}

TEST_CASE("what is wrong with the facts of a study is told all at once") {
  const FactsFolder folder;
  folder.facts("capacity,1,A100,,spot,CN,card,mean,2022-03-01,2022-03-20,80000,80000,CNY,v\n");
  CHECK(folder.refused(R"({"files": ["facts.csv", "facts.csv"], "without": ["capacity", "capacities"]})") ==
        "/facts: found \"capacity\"\n"
        "/facts/files: found \"capacity\" a second time\n"
        "/facts/without/1: found \"capacities\"\n"
        "/facts: found none\n");
}

TEST_CASE("a calibration does not go on where its facts have changed") {
  const FactsFolder folder;
  const auto identity = [&](const std::string& facts) {
    return calibration_identity(with_fact_targets(folder.load(facts)));
  };
  folder.facts(four);
  const StudyIdentity was = identity(R"({"files": ["facts.csv"]})");
  CHECK(identity_changes(was, identity(R"({"files": ["facts.csv"]})")).empty());
  folder.facts(std::string(four).replace(std::string(four).find("400"), 3, "500"));
  const auto changes = identity_changes(was, identity(R"({"files": ["facts.csv"]})"));
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].where.find("facts.csv") != std::string::npos);
}

}  // namespace chokepoint::analysis
