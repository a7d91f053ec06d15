#include <cmath>
#include <filesystem>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "models/statistics/sorted_sample.hpp"

namespace chokepoint::cli {
namespace {

using tests::run_program;
using tests::ScratchFolder;
using tests::shell_word;

constexpr double true_demand = 9e9;
constexpr double true_capacity = 26.0;

/// A card of which ever more is wanted while the foundry makes what it made.
const char* const market = R"({"name": "m", "start": "2022-01-01", "duration": "270 d", "run_in": "60 d", "seed": 3,
  "market": {
    "regions": [{"name": "CN", "currency": "CNY"}],
    "products": [{"name": "A100", "form": "card", "list": {"CN": "76000 CNY"}}],
    "foundry": {"cycle": "30 d", "capacity": [{"from": "2022-01-01", "gpus_per_day": 40}]},
    "dealers": [{"name": "d", "count": 5}],
    "buyers": [{"name": "b", "count": 20, "revenue": [{"from": "2022-01-01", "a_year": "4000000000 CNY"},
                                                      {"from": "2022-09-28", "a_year": "12000000000 CNY"}]}]}})";

const char* const study = R"({"name": "fit", "scenario": "market.json", "outcomes": ["cn_a100_card_delivered"],
  "parameters": [
    {"name": "demand", "at": "/market/buyers/0/revenue/1/a_year", "from": "6000000000 CNY", "to": "20000000000 CNY",
     "scale": "log", "steps": 2},
    {"name": "capacity", "at": "/market/foundry/capacity/0/gpus_per_day", "from": 18, "to": 34, "steps": 2}],
  "design": {"kind": "grid"}, "replicates": 2,
  "facts": {"files": ["facts.csv"], "least_tolerance": "5 %"},
  "calibration": {"sets": 30, "wave": 60, "waves": 6, "starts": 0, "profile_points": 0}})";

struct FactRow {
  const char* id;
  const char* what;
  const char* currency;
};
constexpr FactRow fact_rows[]{{"spot-march", "A100 card,card,spot,CN,card,mean,2022-03-05,2022-03-31", "CNY"},
                              {"spot-may", "A100 card,card,spot,CN,card,mean,2022-05-01,2022-05-31", "CNY"},
                              {"spot-july", "A100 card,card,spot,CN,card,mean,2022-07-01,2022-07-31", "CNY"},
                              {"spot-september", "A100 card,card,spot,CN,card,mean,2022-09-01,2022-09-20", "CNY"},
                              {"units-q2", "A100,,deliveries,CN,GPUs,sum,2022-04-01,2022-06-30", ""},
                              {"units-q3", "A100,,deliveries,CN,GPUs,sum,2022-07-01,2022-09-15", ""}};

/// Facts with ranges of `share` to each side of values, in the order of `fact_rows`.
void write_facts(const ScratchFolder& folder, const std::vector<double>& values, double share) {
  std::string text = "id,target,product,form,kind,region,unit,statistic,from,to,low,high,currency,source\n";
  for (std::size_t i = 0; i < std::size(fact_rows); ++i)
    text += fmt::format("{},1,{},{},{},{},the market itself\n", fact_rows[i].id, fact_rows[i].what,
                        (1.0 - share) * values[i], (1.0 + share) * values[i], fact_rows[i].currency);
  static_cast<void>(folder.write("facts.csv", text));
}

/// What the market with the true parameters and draws that are not the study's shows of each fact.
std::vector<double> seen_of_truth(const ScratchFolder& folder) {
  write_facts(folder, std::vector<double>(std::size(fact_rows), 1.0), 0.1);
  const auto outcome = run_program(fmt::format(
      "facts {} --facts {} --replicates 1 --seed 11 --format json --set '/market/buyers/0/revenue/1/a_year={:.0f} CNY' "
      "--set /market/foundry/capacity/0/gpus_per_day={:.0f}",
      shell_word(folder.path() / "market.json"), shell_word(folder.path() / "facts.csv"), true_demand, true_capacity));
  REQUIRE(outcome.exit == 0);
  std::vector<double> seen;
  for (const auto& fact : nlohmann::json::parse(outcome.text)) seen.push_back(fact["median"].get<double>());
  return seen;
}

/// The ends of the central 90 % of a parameter over the sets of an ensemble.
std::pair<double, double> ends_of(const nlohmann::json& ensemble, std::size_t parameter) {
  std::vector<double> values, weights;
  for (const auto& set : ensemble["sets"]) {
    values.push_back(set["values"][parameter].get<double>());
    weights.push_back(set["weight"].get<double>());
  }
  const models::SortedSample sample(values, weights);
  return {sample.quantile(0.05, models::QuantileOf::population), sample.quantile(0.95, models::QuantileOf::population)};
}

}  // namespace

TEST_CASE("a market fitted to facts that it made itself holds the truth and meets them on other draws" *
          doctest::test_suite("heavy")) {
  const ScratchFolder folder;
  static_cast<void>(folder.write("market.json", market));
  static_cast<void>(folder.write("study.json", study));
  write_facts(folder, seen_of_truth(folder), 0.08);
  const std::string out = shell_word(folder.path() / "fit.json");
  const auto outcome =
      run_program("calibrate " + shell_word(folder.path() / "study.json") + " --out " + out + " --format json");
  REQUIRE(outcome.exit == 0);
  const auto json = nlohmann::json::parse(outcome.text);

  for (const auto& [parameter, truth, from, to] :
       {std::tuple{0, true_demand, 6e9, 20e9}, std::tuple{1, true_capacity, 18.0, 34.0}}) {
    const auto [p5, p95] = ends_of(json, static_cast<std::size_t>(parameter));
    CAPTURE(p5);
    CAPTURE(p95);
    CHECK(p5 < truth);
    CHECK(truth < p95);
    CHECK(p95 - p5 < 0.3 * (to - from));
  }

  REQUIRE(json["targets"].size() == std::size(fact_rows));
  for (std::size_t i = 0; i < std::size(fact_rows); ++i) {
    CHECK(json["targets"][i]["outcome"] == fact_rows[i].id);
    CHECK(json["targets"][i]["scale"] == "logarithm");
    CHECK(json["judgement"][i]["outcome"] == fact_rows[i].id);
    CHECK(json["judgement"][i]["bands"][0]["name"] == "ensemble");
    CHECK(json["judgement"][i]["bands"][1]["name"] == "left out");
  }
  // Of the third and fourth price.
  CHECK(json["mean_scores"]["facts"] == 2);
  const auto& scores = json["mean_scores"]["scores"];
  REQUIRE(scores.size() == 5);
  double left_out = 0.0;
  for (const int fact : {2, 3}) left_out += json["judgement"][fact]["bands"][1]["interval_score"].get<double>() / 2.0;
  CHECK(scores[1]["interval_score"].get<double>() == doctest::Approx(left_out));
  CHECK(left_out < scores[2]["interval_score"].get<double>());

  static_cast<void>(folder.write("fitted.json", R"({"extends": "market.json", "ensemble": "fit.json"})"));
  const auto held = run_program("facts " + shell_word(folder.path() / "fitted.json") + " --facts " +
                                shell_word(folder.path() / "facts.csv") + " --seed 77 --replicates 1 --format json");
  REQUIRE(held.exit == 0);
  for (const auto& fact : nlohmann::json::parse(held.text)) {
    CAPTURE(fact["id"]);
    CHECK(fact["runs"] == json["sets"].size());
    CHECK(fact["met"] == true);
  }
}

TEST_CASE("facts that no set reaches are named by their ids in their own units") {
  const ScratchFolder folder;
  static_cast<void>(folder.write("market.json", market));
  std::string quick = study;
  static_cast<void>(folder.write(
      "study.json", quick.replace(quick.find("\"wave\": 60, \"waves\": 6"), 22, "\"wave\": 20, \"waves\": 1")));
  write_facts(folder, {1e3, 1e3, 1e3, 1e3, 2400.0, 2000.0}, 0.1);
  const auto outcome = run_program("calibrate " + shell_word(folder.path() / "study.json") + " --out " +
                                   shell_word(folder.path() / "fit.json"));
  CHECK(outcome.exit == 1);
  CHECK(outcome.text.find("\n  spot-march: ") != std::string::npos);
  CHECK(outcome.text.find(" instead of 995, ") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "fit.json"));
}

}  // namespace chokepoint::cli
