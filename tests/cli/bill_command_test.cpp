#include "cli/bill_command.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace chokepoint::cli {
namespace {

using tests::Outcome;
using tests::run_program;

std::string load_file(const std::string& name, const std::string& text) {
  const auto path =
      std::filesystem::temp_directory_path() / ("chokepoint_bill_" + name + std::to_string(getpid()) + ".csv");
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

std::string rows(std::size_t count, const char* power) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += std::string(power) + "\n";
  return text;
}

}  // namespace

TEST_CASE("a bill as JSON has the total and lines and months that add up to it") {
  const std::string load = load_file("two_months", rows(744 + 672, "10000"));
  const Outcome outcome = run_program(
      "bill " + load + " --tariff hubei-2026-01-110kv --start 2026-01-01 --time-zone Asia/Shanghai --format json");
  REQUIRE(outcome.exit == 0);
  const auto json = nlohmann::json::parse(outcome.text);
  CHECK(json["currency"] == "CNY");
  CHECK(json["months"][0]["total"] == 5024699.64);
  CHECK(json["months"][1]["month"] == "2026-02");
  double lines = 0.0;
  for (const auto& line : json["lines"]) lines += line["amount"].get<double>();
  CHECK(lines == doctest::Approx(json["total"].get<double>()).epsilon(1e-12));
}

TEST_CASE("a bill as a table fits a screen") {
  const std::string load = load_file("year", rows(8760, "64000"));
  const Outcome outcome = run_program("bill " + load + " --tariff yangquan-flat");
  REQUIRE(outcome.exit == 0);
  CHECK(outcome.text.find("252,288,000.00") != std::string::npos);
  CHECK(std::ranges::count(outcome.text, '\n') < 24);
}

TEST_CASE("bad input exits with 2 and one line for each fault and no bill") {
  const std::string load = load_file("bad", "1\nx\n-1\n");
  const Outcome outcome = run_program("bill " + load + " --tariff yangquan-flat");
  CHECK(outcome.exit == 2);
  CHECK(std::ranges::count(outcome.text, '\n') == 2);
  const std::string good = load_file("good", "1\n");
  for (const std::string arguments :
       {"--tariff yangqan-flat", "", "--tariff yangquan-flat --start 2018-02-30", "--tariff yangquan-flat --step 15kW",
        "--tariff yangquan-flat --time-zone Asia/Shangai", "--tariff yangquan-flat --power-factor 2",
        "--tariff hubei-2026-01-110kv --option capacity", "--tariff yangquan-flat --column kw",
        "--tariff yangquan-flat --holidays /no/such/file"}) {
    CAPTURE(arguments);
    const Outcome refused = run_program("bill " + good + " " + arguments);
    CHECK(refused.exit == 2);
    CHECK(refused.text.starts_with("error: "));
    CHECK(std::ranges::count(refused.text, '\n') == 1);
  }
}

}  // namespace chokepoint::cli
