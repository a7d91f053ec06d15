#include "cli/ensemble_runs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace chokepoint::cli {
namespace {

using Json = nlohmann::json;
using tests::ScratchFolder;
using tests::shell_word;

constexpr double pues[] = {1.1, 1.2, 1.5};
constexpr double weights[] = {0.5, 0.3, 0.2};

/// Two days of jobs by chance, and an ensemble that leaves the PUE open.
class FittedCluster {
 public:
  FittedCluster() {
    static_cast<void>(folder_.write("base.json", R"({"name": "c", "start": "2023-01-02", "duration": "2 d",
      "currency": "CNY", "sites": [{"name": "s", "pue": 1, "tariff": {"kind": "flat", "price": "0.5 CNY/kWh"}}],
      "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 4, "server_price": "1 CNY",
      "workload": {"kind": "synthetic", "mean_interval": "15 min", "median_duration": "1 h"}}]})"));
    static_cast<void>(folder_.write("fit.json", R"({"parameters": [{"name": "pue", "at": ["/sites/0/pue"], "unit": ""}],
      "best": {"values": [1.1], "misfit": 0, "weight": 0}, "sets": [{"values": [1.1], "misfit": 0, "weight": 0.5},
      {"values": [1.2], "misfit": 0.5, "weight": 0.3}, {"values": [1.5], "misfit": 1, "weight": 0.2}]})"));
    static_cast<void>(folder_.write("fitted.json", R"({"extends": "base.json", "ensemble": "fit.json"})"));
  }

  [[nodiscard]] std::string path(const std::string& name) const { return shell_word(folder_.path() / name); }
  [[nodiscard]] std::string text(const std::string& arguments) const {
    const auto outcome = tests::run_program(arguments);
    REQUIRE_MESSAGE(outcome.exit == 0, outcome.text);
    return outcome.text;
  }
  /// IT energy of each of three replicates without the ensemble.
  [[nodiscard]] std::vector<double> it_energy(const std::string& setting) const {
    static_cast<void>(text("run " + path("base.json") + " --set " + setting + " --replicates 3 --out " + path("out")));
    std::istringstream csv(tests::file_text(folder_.path() / "out" / "replicates.csv"));
    std::string line;
    std::getline(csv, line);
    const auto cells = [](const std::string& of) {
      std::vector<std::string> all;
      std::istringstream stream(of);
      for (std::string cell; std::getline(stream, cell, ',');) all.push_back(cell);
      return all;
    };
    const auto heads = cells(line);
    const auto column = static_cast<std::size_t>(std::ranges::find(heads, "it_energy_mwh") - heads.begin());
    REQUIRE(column < heads.size());
    std::vector<double> values;
    while (std::getline(csv, line)) values.push_back(std::stod(cells(line).at(column)));
    return values;
  }

 private:
  ScratchFolder folder_;
};

Json figure_of(const Json& list, const std::string& key) {
  for (const Json& figure : list)
    if (figure["figure"] == key) return figure;
  FAIL("no figure ", key);
  return {};
}

/// Of x = PUE * IT with three draws of IT and three PUEs of known weights: luck is the mean of PUE^2 times the draws'
/// variance s^2, ignorance Var(PUE) E[IT]^2, where the mean of three draws squared is too large by s^2 / 3.
void check_parts(const Json& figure, const std::vector<double>& draws) {
  REQUIRE(draws.size() == 3);
  const double mean = std::reduce(draws.begin(), draws.end()) / 3.0;
  double variance = 0.0, mean_pue = 0.0, square_pue = 0.0;
  for (const double draw : draws) variance += (draw - mean) * (draw - mean) / 2.0;
  for (int k = 0; k < 3; ++k) {
    mean_pue += weights[k] * pues[k];
    square_pue += weights[k] * pues[k] * pues[k];
  }
  REQUIRE(variance > 0.0);
  CHECK(figure["variance_of_luck"].get<double>() == doctest::Approx(square_pue * variance).epsilon(1e-9));
  CHECK(figure["variance_of_ignorance"].get<double>() ==
        doctest::Approx((square_pue - mean_pue * mean_pue) * (mean * mean - variance / 3.0)).epsilon(1e-9));
  const char* const key = figure.contains("difference") ? "difference" : "mean";
  CHECK(figure[key].get<double>() == doctest::Approx(mean_pue * mean).epsilon(1e-9));
}

}  // namespace

TEST_CASE("runs over an ensemble have the luck and the ignorance of a product of a draw and a parameter") {
  const FittedCluster files;
  const auto json = Json::parse(files.text("run " + files.path("fitted.json") + " --replicates 3 --format json"));
  CHECK(json["sets"] == 3);
  CHECK(json["replicates"] == 3);
  check_parts(figure_of(json["figures"], "energy_mwh"), files.it_energy("/fleets/0/nodes=4"));
  const Json it_energy = figure_of(json["figures"], "it_energy_mwh"), pue = figure_of(json["figures"], "pue");
  CHECK(it_energy["variance_of_luck"].get<double>() > 0.0);
  CHECK(it_energy["variance_of_ignorance"].get<double>() == doctest::Approx(0.0));
  CHECK(pue["variance_of_luck"].get<double>() == doctest::Approx(0.0));
  CHECK(pue["ignorance"]["p5"].get<double>() < pue["ignorance"]["p95"].get<double>());
}

TEST_CASE("differences under an ensemble are paired set by set and replicate by replicate") {
  const FittedCluster files;
  const std::string command =
      "compare " + files.path("fitted.json") + " --with '/fleets/0/workload/median_duration=2 h' --replicates 3";
  const auto base = files.it_energy("/fleets/0/nodes=4");
  auto draws = files.it_energy("'/fleets/0/workload/median_duration=2 h'");
  for (std::size_t i = 0; i < draws.size(); ++i) draws[i] -= base[i];
  check_parts(figure_of(Json::parse(files.text(command + " --format json")), "energy_mwh"), draws);
  const std::string table = files.text(command + " --workers 2");
  for (const char* words : {"3 sets of ", "median_duration=2 h", "by luck", "by ignorance", "energy at the meter"})
    CHECK(table.find(words) != std::string::npos);
  CHECK(table == files.text(command + " --workers 1"));
  const auto one = Json::parse(files.text(command + " --figure energy_mwh --sets 2 --format json"));
  REQUIRE(one.size() == 1);
  CHECK(one[0]["figure"] == "energy_mwh");
  CHECK(files.text(command + " --sets 2").find("2 sets of ") != std::string::npos);
}

TEST_CASE("without its ensemble a comparison is the one of a scenario that names none") {
  const FittedCluster files;
  const std::string more = " --with /fleets/0/nodes=6 --replicates 2 --figure energy_mwh --format json";
  CHECK(files.text("compare " + files.path("fitted.json") + " --set /ensemble=null" + more) ==
        files.text("compare " + files.path("base.json") + more));
}

}  // namespace chokepoint::cli
