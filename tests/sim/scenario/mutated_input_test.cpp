#include <filesystem>
#include <fstream>
#include <functional>
#include <unistd.h>

#include <doctest/doctest.h>

#include "sim/input/fault.hpp"
#include "sim/kernel/random_stream.hpp"
#include "sim/scenario/load_scenario.hpp"
#include "sim/scenario/tenants_file.hpp"
#include "sim/tariff/load_file.hpp"
#include "sim/tariff/tariff_catalogue.hpp"
#include "sim/workload/trace.hpp"

namespace chokepoint::sim {
namespace {

constexpr const char* scenario = R"({"name": "a", "start": "2023-01-01", "duration": "2 d", "currency": "CNY",
 "exchange_rates": {"USD": "7 CNY"}, "sites": [{"name": "s", "pue": 1.2, "limit": "1 MW", "tariff": {"kind": "flat",
 "price": "0.4 CNY/kWh"}, "curtailments": [{"from": "2023-01-01", "until": "2023-01-02", "limit": "3 kW"}]}],
 "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 4, "workload": {"kind": "synthetic",
 "mean_interval": "5 min", "median_duration": "1 h", "sizes": [{"gpus": 1, "weight": 2}, {"gpus": 8, "weight": 1}]}}]})";
constexpr const char* trace = "job_id,submit_time_s,duration_s,gpus,vc\na,0,100,8,x\nb,50,7.5,1,\"y\"\nc,50,0,0,x\n";
constexpr const char* load_text = "time,kW\n2018-01-01T00:00,5\n2018-01-01T01:00,6.5\n2018-01-01T02:00,0\n";
constexpr const char* tenants = "name,nodes\nx,2\ny,3\n";

/// Pieces that files are broken with.
const std::vector<std::string> pieces{"\"",
                                      "{",
                                      "}",
                                      "[",
                                      "]",
                                      ",",
                                      ":",
                                      "\n",
                                      "-",
                                      "1e308",
                                      "1e999",
                                      "nan",
                                      "null",
                                      "\xff",
                                      "\xef\xbb\xbf",
                                      "99999999999999999999",
                                      "0",
                                      " ",
                                      "/",
                                      "//",
                                      "\\u0000",
                                      "2023-02-30",
                                      "kWh",
                                      "\t",
                                      ";",
                                      "\r\n",
                                      "true"};

std::string mutated(std::string text, RandomStream& random) {
  const auto below = [&random](std::size_t count) {
    return static_cast<std::size_t>(random.uniform() * static_cast<double>(count));
  };
  for (std::size_t change = 1 + below(3); change > 0 && !text.empty(); --change) {
    const std::size_t at = below(text.size());
    const std::size_t length = below(std::min<std::size_t>(12, text.size() - at) + 1);
    const std::size_t way = below(4);
    if (way == 0) text.erase(at, length);
    if (way == 1) text.insert(at, pieces[below(pieces.size())]);
    if (way == 2) text.replace(at, length, pieces[below(pieces.size())]);
    if (way == 3) text.insert(at, text.substr(below(text.size()), length));
  }
  return text;
}

/// Reads many broken forms of `text`; each is taken or refused by an InputError that says something.
void expect_taken_or_refused(const std::string& name, const std::string& text,
                             const std::function<void(const std::filesystem::path&)>& read) {
  const auto path = std::filesystem::temp_directory_path() / ("chokepoint_mutated_" + std::to_string(getpid()) + name);
  RandomStream random(1, 0, name);
  std::size_t taken = 0;
  constexpr std::size_t tries = 1500;
  for (std::size_t i = 0; i < tries; ++i) {
    const std::string broken = mutated(text, random);
    CAPTURE(broken);
    std::ofstream(path, std::ios::binary) << broken;
    try {
      read(path);
      ++taken;
    } catch (const InputError& error) {
      REQUIRE_FALSE(error.faults().empty());
      REQUIRE(error.faults().front().text().size() > 10);
    }
  }
  std::filesystem::remove(path);
  CHECK(taken > 0);
  CHECK(taken < tries);
}

}  // namespace

TEST_CASE("a broken scenario is read or refused") {
  expect_taken_or_refused("scenario.json", scenario, [](const auto& path) { load_scenario(path); });
}

TEST_CASE("a broken trace is read or refused") {
  expect_taken_or_refused("trace.csv", trace, [](const auto& path) { read_trace(path); });
}

TEST_CASE("a broken load is read or refused") {
  expect_taken_or_refused("load.csv", load_text, [](const auto& path) { read_load(path, {}); });
}

TEST_CASE("a broken file of tenants is read or refused") {
  expect_taken_or_refused("tenants.csv", tenants, [](const auto& path) { read_tenants_file(path); });
}

TEST_CASE("a broken tariff is read or refused") {
  const std::string tariff = R"({"kind": "hourly", "unit": "EUR/MWh", "start": "2018-01-01", "prices": [1, -2, 3.5],
 "interval": "1 h", "adder": "0.01 EUR/kWh", "demand_price": "3 EUR/kW", "demand_window": "15 min"})";
  expect_taken_or_refused("tariff.json", tariff, [](const auto& path) { read_tariff_file(path); });
}

}  // namespace chokepoint::sim
