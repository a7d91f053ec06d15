// Server power by state against measured distributions and runs.

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include <doctest/doctest.h>
#include <zlib.h>

#include "sim/catalogue/catalogue.hpp"

namespace chokepoint::sim {
namespace {

using models::PowerState;

/// Rows of a CSV file, plain or gzip, split at commas; empty where there is no reference data.
std::vector<std::vector<std::string>> reference_rows(const char* name) {
  std::vector<std::vector<std::string>> rows;
  const char* folder = std::getenv("CHOKEPOINT_REFERENCE_DATA");
  if (folder == nullptr || *folder == '\0') {
    MESSAGE("reference data missing: skipped");
    return rows;
  }
  gzFile file = gzopen((std::string(folder) + "/power/" + name).c_str(), "rb");
  REQUIRE(file != nullptr);
  std::vector<char> line(1 << 16);
  while (gzgets(file, line.data(), static_cast<int>(line.size())) != nullptr) {
    std::istringstream text(std::string(line.data(), std::strcspn(line.data(), "\r\n")));
    std::vector<std::string>& row = rows.emplace_back();
    for (std::string cell; std::getline(text, cell, ',');) row.push_back(cell);
  }
  gzclose(file);
  return rows;
}

double mean(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double watts(const char* server, PowerState state) {
  return catalogue().servers.at(server).value.power.server_w(state);
}

}  // namespace

TEST_CASE("the mean GPU power of Acme gives the mean node power within 1 percent") {
  std::map<std::string, std::vector<double>> samples;
  for (const auto& row : reference_rows("acme_power_cdf.csv.gz"))
    if (row[0] != "quantity") samples[row[0]].push_back(std::stod(row[2]));
  if (samples.empty()) return;
  std::vector<double>& nodes = samples.at("Seren GPU node (8xA100) power W");
  const double gpu_w = mean(samples.at("Seren A100 GPU power W"));

  const double idle_w = watts("dgx-a100-80gb", PowerState::idle);
  const double slope = (watts("dgx-a100-80gb", PowerState::computing) - idle_w) / (0.76 * 400.0 - 61.9);
  CHECK(idle_w + slope * (gpu_w - 61.9) == doctest::Approx(mean(nodes)).epsilon(0.01));

  std::ranges::sort(nodes);
  CHECK(idle_w == doctest::Approx(nodes[nodes.size() / 20]).epsilon(0.01));
  CHECK(watts("dgx-a100-80gb", PowerState::computing) > nodes[nodes.size() * 3 / 4]);
  CHECK(watts("dgx-a100-80gb", PowerState::computing) < nodes[nodes.size() * 9 / 10]);
}

TEST_CASE("a DGX H100 in training comes within 7 percent of every single-node MLPerf benchmark") {
  std::map<std::string, std::vector<double>> single;
  std::vector<double> grouped;
  for (const auto& row : reference_rows("mlperf40_power_runs_1and8node.csv")) {
    if (row[0] != "ac") continue;
    if (row[4] == "1") single[row[2]].push_back(std::stod(row[10]));
    if (row[4] == "8") grouped.push_back(std::stod(row[10]));
  }
  if (single.empty()) return;
  const double training_w = watts("dgx-h100", PowerState::computing);
  for (const auto& [benchmark, node_w] : single) {
    INFO(benchmark);
    CHECK(training_w == doctest::Approx(mean(node_w)).epsilon(0.07));
  }
  CHECK(training_w > mean(grouped));
  CHECK(watts("dgx-h100", PowerState::communicating) < mean(grouped));
}

TEST_CASE("a DGX H100 waits within the 5 and 90 percent quantiles of MLPerf nodes before their runs") {
  std::vector<double> before;
  for (const auto& row : reference_rows("mlperf40_power_series_1and8node.csv.gz"))
    if (row[0] == "ac" && std::stod(row[5]) < -10.0) before.push_back(std::stod(row[6]));
  if (before.empty()) return;
  std::ranges::sort(before);
  CHECK(watts("dgx-h100", PowerState::idle) > before[before.size() / 20]);
  CHECK(watts("dgx-h100", PowerState::allocated) < before[before.size() * 9 / 10]);
}

}  // namespace chokepoint::sim
