#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numeric>

#include <doctest/doctest.h>

#include "sim/market/market_columns.hpp"
#include "sim/scenario/load_scenario.hpp"
#include "support/figures.hpp"
#include "support/places.hpp"

// What the scenarios of scenarios/market say that they show, each with and without what it is about, on shared draws.

namespace chokepoint::sim {
namespace {

namespace fs = std::filesystem;

constexpr int scenario_seeds = 4;

/// Part of a table: one product of a region in all its forms, from day `from` until the day before `until`.
struct Part {
  std::string column;
  std::string region;
  std::string product;
  std::string from;
  std::string until = "9999";
};

struct Sums {
  double sum = 0.0;
  double rows = 0.0;
  double least = 0.0;
  double most = 0.0;
  [[nodiscard]] double mean() const { return sum / rows; }
};

Sums sums_of(const Table& market, const Part& part) {
  const auto column = [&](std::string_view name) -> const Column& {
    return *std::ranges::find(market.columns, name, &Column::name);
  };
  const auto& date = std::get<TextColumn>(column(date_column).values);
  const auto& region = std::get<TextColumn>(column(region_column).values);
  const auto& product = std::get<TextColumn>(column(product_column).values);
  const auto& values = std::get<std::vector<double>>(column(part.column).values);
  Sums sums{.least = std::numeric_limits<double>::infinity(), .most = -std::numeric_limits<double>::infinity()};
  for (std::size_t row = 0; row < market.rows(); ++row) {
    const std::string_view day(date[row]);
    if (region[row] != part.region || product[row] != part.product || day < part.from || day >= part.until ||
        std::isnan(values[row]))
      continue;
    sums.sum += values[row];
    sums.rows += 1.0;
    sums.least = std::min(sums.least, values[row]);
    sums.most = std::max(sums.most, values[row]);
  }
  return sums;
}

/// A shipped scenario and what is changed of it.
struct Variant {
  std::string name;
  std::vector<std::string> settings = {};
};

/// The parts of the table of a run.
std::vector<Sums> run(const Variant& variant, int seed, const std::vector<Part>& parts) {
  const Scenario scenario =
      load_scenario(fs::path(CHOKEPOINT_SOURCE_DIR "/scenarios/market") / (variant.name + ".json"), variant.settings);
  const auto values = tests::in_child([&] {
    const Record record = simulate(scenario, {.seed = static_cast<std::uint64_t>(seed)}, {});
    std::vector<double> numbers;
    for (const Part& part : parts) {
      const Sums sums = sums_of(*record.find_table("market"), part);
      for (const double number : {sums.sum, sums.rows, sums.least, sums.most}) numbers.push_back(number);
    }
    return numbers;
  });
  std::vector<Sums> sums;
  for (std::size_t i = 0; i + 3 < values.size(); i += 4)
    sums.push_back({values[i], values[i + 1], values[i + 2], values[i + 3]});
  return sums;
}

/// The same, each added up over all seeds; least and most are those of all.
std::vector<Sums> run_seeds(const Variant& variant, const std::vector<Part>& parts) {
  std::vector<Sums> all(parts.size());
  for (int seed = 1; seed <= scenario_seeds; ++seed) {
    const auto sums = run(variant, seed, parts);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      all[i].least = seed == 1 ? sums[i].least : std::min(all[i].least, sums[i].least);
      all[i].most = seed == 1 ? sums[i].most : std::max(all[i].most, sums[i].most);
      all[i].sum += sums[i].sum;
      all[i].rows += sums[i].rows;
    }
  }
  return all;
}

std::string off(int shock) {
  return "/market/shocks/" + std::to_string(shock) + "/chance=0";
}

}  // namespace

TEST_CASE("every shipped market runs under the name of its file and trades") {
  int scenarios = 0;
  for (const auto& entry : fs::directory_iterator(CHOKEPOINT_SOURCE_DIR "/scenarios/market")) {
    if (entry.path().extension() != ".json") continue;
    CAPTURE(entry.path());
    const Scenario scenario = load_scenario(entry.path());
    CHECK(scenario.name == entry.path().stem());
    CHECK(scenario.title != scenario.name);
    const auto traded = tests::in_child([&] {
      const Record record = simulate(scenario, {}, {});
      const Table& market = *record.find_table("market");
      const auto goods =
          std::get<std::vector<double>>(std::ranges::find(market.columns, "traded", &Column::name)->values);
      return std::vector<double>{std::accumulate(goods.begin(), goods.end(), 0.0)};
    });
    CHECK(traded[0] > 0.0);
    ++scenarios;
  }
  CHECK(scenarios >= 12);
}

TEST_CASE("ban of 2022: the waiver lets A100 in until its end and without the letter A100 are cheaper") {
  const std::vector<Part> parts{{"deliveries", "CN", "A100", "2022-09-01", "2023-03-01"},
                                {"deliveries", "CN", "A100", "2023-03-01"},
                                {"spot", "CN", "A100", "2023-06-01"}};
  const auto base = run_seeds({"ban-2022"}, parts);
  const auto strict = run_seeds({"ban-2022", {"/market/shocks/0/waivers=null"}}, parts);
  const auto none = run_seeds({"ban-2022", {off(0)}}, parts);
  CHECK(base[0].sum > 0.0);
  CHECK(strict[0].sum == 0.0);
  CHECK(base[1].sum == 0.0);
  CHECK(none[1].sum > 0.0);
  CHECK(base[2].mean() > none[2].mean());
}

TEST_CASE("ban of 2023: less than 30 days of notice is dearer and the shorter the more is left undelivered") {
  const std::vector<Part> parts{{"spot", "CN", "A800", "2024-03-01"}, {"undelivered", "CN", "A800", "2023-10-17"}};
  const std::string kept = "/market/shocks/1/brought_forward=null";
  // Never, 30 days, 30 cut to 6, and none.
  std::vector<std::vector<Sums>> paths;
  for (const auto& settings : std::vector<std::vector<std::string>>{
           {kept, off(1)}, {kept}, {}, {kept, "/market/shocks/1/effective=2023-10-17"}})
    paths.push_back(run_seeds({"ban-2023", settings}, parts));
  for (std::size_t i = 1; i < paths.size(); ++i) {
    CAPTURE(i);
    CHECK(paths[i][1].sum > paths[i - 1][1].sum);
  }
  CHECK(paths[1][0].mean() > paths[0][0].mean());
  CHECK(paths[2][0].mean() > paths[1][0].mean());
  CHECK(paths[3][0].mean() > paths[1][0].mean());
  // Goods are 14 days on the way: 6 days let in hardly more than none do.
  CHECK(paths[3][0].mean() == doctest::Approx(paths[2][0].mean()).epsilon(0.01));
}

TEST_CASE("H20: none comes between the letter and the licences and domestic chips come in its place") {
  const std::vector<Part> parts{{"deliveries", "CN", "H20", "2025-04-09", "2025-07-14"},
                                {"deliveries", "CN", "H20", "2025-07-14"},
                                {"deliveries", "CN", "910B", "2025-04-09"},
                                {"deliveries", "CN", "910C", "2025-04-09"},
                                {"spot", "CN", "H20", "2025-06-01", "2025-07-01"}};
  const auto base = run_seeds({"h20-2025"}, parts);
  const auto welcome = run_seeds({"h20-2025", {off(2)}}, parts);
  const auto open = run_seeds({"h20-2025", {off(0), off(1), off(2)}}, parts);
  CHECK(base[0].sum == 0.0);
  CHECK(open[0].sum > 0.0);
  CHECK(base[1].sum > 0.0);
  CHECK(welcome[1].sum > base[1].sum);
  CHECK(base[2].sum + base[3].sum > 1.5 * (open[2].sum + open[3].sum));
  CHECK(base[4].mean() > 1.2 * open[4].mean());
}

TEST_CASE("H200: what comes waits for both states and less of it leaves more to domestic chips") {
  const std::vector<Part> parts{{"deliveries", "CN", "H200", "2025-07-01", "2026-01-28"},
                                {"deliveries", "CN", "H200", "2026-01-28"},
                                {"deliveries", "CN", "910B", "2026-01-28"},
                                {"deliveries", "CN", "910C", "2026-01-28"}};
  const auto base = run_seeds({"h200-2026"}, parts);
  const auto no_customs = run_seeds({"h200-2026", {off(2)}}, parts);
  const auto no_licences = run_seeds({"h200-2026", {"/market/shocks/0/licences=null"}}, parts);
  CHECK(base[0].sum == 0.0);
  CHECK(base[1].sum > 0.0);
  CHECK(no_customs[1].sum > 1.5 * base[1].sum);
  CHECK(no_licences[1].sum == 0.0);
  CHECK(no_customs[2].sum + no_customs[3].sum < no_licences[2].sum + no_licences[3].sum);
}

TEST_CASE("mining bust: second-hand cards push the price below the list") {
  const std::vector<Part> parts{{"spot", "world", "RTX 3090", "2022-06-01", "2022-09-01"},
                                {"spot", "world", "RTX 3090", "2022-10-01", "2022-12-01"},
                                {"traded", "world", "RTX 3090", "2022-10-01", "2022-12-01"}};
  constexpr double list = 1499.0;
  const auto bust = run_seeds({"mining-bust-2022"}, parts);
  const auto boom = run_seeds({"mining-bust-2022", {"/market/buyers/0/revenue/3/a_year=3000000000 USD"}}, parts);
  CHECK(bust[0].mean() > 0.9 * list);
  CHECK(bust[1].mean() < 0.75 * list);
  CHECK(boom[1].mean() > 0.9 * list);
  CHECK(bust[2].sum > 1.5 * boom[2].sum);
}

TEST_CASE("foundry outage: fewer goods a cycle later and dearer ones") {
  // Lost starts from October to December are missing from January to March.
  const std::vector<Part> parts{{"deliveries", "CN", "A100", "2023-01-06", "2023-04-06"},
                                {"deliveries", "CN", "A800", "2023-01-06", "2023-04-06"},
                                {"spot", "CN", "A100", "2023-04-01", "2023-05-01"}};
  const auto outage = run_seeds({"foundry-outage"}, parts);
  const auto whole = run_seeds({"foundry-outage", {off(0)}}, parts);
  CHECK((outage[0].sum + outage[1].sum) / (whole[0].sum + whole[1].sum) == doctest::Approx(0.5).epsilon(0.05));
  CHECK(outage[2].mean() > whole[2].mean());
}

TEST_CASE("rent glut: rents fall for months after capacity grew and less where it did not") {
  std::vector<Part> parts{{"rent", "US", "H100", "2023-10-01", "2024-01-01"}};
  for (const auto& [from, until] : {std::pair{"2024-03-01", "2024-04-01"},
                                    {"2024-06-01", "2024-07-01"},
                                    {"2024-09-01", "2024-10-01"},
                                    {"2024-12-01", "2025-01-01"}})
    parts.push_back({"rent", "US", "H100", from, until});
  const auto glut = run_seeds({"rent-glut-2024"}, parts);
  const auto tight = run_seeds({"rent-glut-2024", {off(0)}}, parts);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    CAPTURE(i);
    CHECK(glut[i].mean() < glut[i - 1].mean());
  }
  CHECK(glut.back().mean() < 0.75 * glut.front().mean());
  CHECK(tight.back().mean() > 1.2 * glut.back().mean());
}

TEST_CASE("domestic ramp: under the ban the domestic maker's share grows and switching wears off") {
  const std::vector<Part> parts{{"deliveries", "CN", "910B", "2025-01-01"},
                                {"spot", "CN", "910B", "2025-10-01"},
                                {"deliveries", "CN", "A800", "2023-10-17"}};
  const auto ban = run_seeds({"domestic-ramp"}, parts);
  const auto open = run_seeds({"domestic-ramp", {off(0)}}, parts);
  // Were the ecosystem learned from the start.
  const auto learned = run_seeds({"domestic-ramp", {off(0), "/market/products/1/switching=null"}}, parts);
  CHECK(ban[0].sum > 2.0 * open[0].sum);
  CHECK(ban[2].sum == 0.0);
  CHECK(open[2].sum > 0.0);
  CHECK(learned[0].sum > open[0].sum);
}

TEST_CASE("power against Bitcoin: the faster demand grows the sooner the line is reached") {
  const auto years = [](const std::string& date, int seed) {
    const Scenario scenario = load_scenario(CHOKEPOINT_SOURCE_DIR "/scenarios/market/bitcoin-power.json",
                                            {"/market/buyers/0/revenue/2/from=" + date});
    return tests::figures_of(scenario, {"market_energy_line_years"}, static_cast<std::uint64_t>(seed))[0];
  };
  for (int seed = 1; seed <= scenario_seeds; ++seed) {
    CAPTURE(seed);
    const double fast = years("2025-01-01", seed);
    const double middle = years("2028-01-01", seed);
    const double slow = years("2032-07-01", seed);
    CHECK(fast > 0.0);
    CHECK(fast < middle);
    CHECK(middle < slow);
  }
}

}  // namespace chokepoint::sim
