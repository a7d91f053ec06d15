#include "cli/run_command.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "support/places.hpp"

namespace chokepoint::cli {
namespace {

using tests::file_text;
using tests::folder_bytes;
using tests::run_program;
using tests::ScratchFolder;
using tests::shell_word;

const std::filesystem::path golden = std::filesystem::path(CHOKEPOINT_SOURCE_DIR) / "tests/cli/golden";

/// FNV-1a, 64 bits.
std::string digest(const std::string& bytes) {
  std::uint64_t value = 14695981039346656037ull;
  for (const char byte : bytes) value = (value ^ static_cast<unsigned char>(byte)) * 1099511628211ull;
  std::ostringstream text;
  text << std::hex << value;
  return text.str();
}

}  // namespace

TEST_CASE("one scenario and seed give the same bytes each time") {
  const ScratchFolder scratch;
  const auto bytes = [&](const std::string& name, const std::string& options) {
    const auto out = scratch.path() / name;
    REQUIRE(run_program("run " + shell_word(golden / "small_site.json") + " --out " + shell_word(out) + options).exit ==
            0);
    return folder_bytes(out);
  };
  const auto first = bytes("first", "");
  CHECK(first.size() == 5);
  CHECK(bytes("second", "") == first);
  CHECK(bytes("same_seed", " --seed 7") == first);
  CHECK(bytes("other_seed", " --seed 8").at("jobs.csv") != first.at("jobs.csv"));
}

TEST_CASE("a market without sites leaves the tables of a market alone") {
  const ScratchFolder scratch;
  const auto out = scratch.path() / "out";
  const std::string market = CHOKEPOINT_SOURCE_DIR "/scenarios/market/first-market.json";
  REQUIRE(run_program("run " + shell_word(market) + " --out " + shell_word(out)).exit == 0);
  std::vector<std::string> names;
  for (const auto& [name, bytes] : folder_bytes(out)) names.push_back(name);
  CHECK(names == std::vector<std::string>{"allocations.csv", "contracts.csv", "market.csv", "summary.json"});
}

// The folder golden/small_site is what the program wrote once a person had read it. A change that is meant to alter it
// writes it anew: chokepoint run tests/cli/golden/small_site.json --out FOLDER. series.csv is held by its digest.
TEST_CASE("a small scenario gives the jobs and bills and key figures that it gave before") {
  const ScratchFolder scratch;
  const auto out = scratch.path() / "out";
  REQUIRE(run_program("run " + shell_word(golden / "small_site.json") + " --out " + shell_word(out)).exit == 0);
  for (const auto* file : {"jobs.csv", "bills.csv"})
    CHECK(file_text(out / file) == file_text(golden / "small_site" / file));
  CHECK(digest(file_text(out / "series.csv")) + "\n" == file_text(golden / "small_site/series.fnv1a"));
  // What says of which catalogue and version the figures are changes with every entry.
  const auto without_origin = [](const std::string& text) {
    std::istringstream lines(text);
    std::string kept;
    for (std::string line; std::getline(lines, line);)
      if (line.find("\"catalogue_digest\"") == std::string::npos && line.find("\"version\"") == std::string::npos)
        kept += line + "\n";
    return kept;
  };
  CHECK(without_origin(file_text(out / "summary.json")) ==
        without_origin(file_text(golden / "small_site/summary.json")));
}

TEST_CASE("replicates are the same bytes for any number of workers and the first is the run alone") {
  const ScratchFolder scratch;
  const std::string scenario = shell_word(golden / "small_site.json");
  const auto bytes = [&](const std::string& workers) {
    const auto out = scratch.path() / workers;
    REQUIRE(
        run_program("run " + scenario + " --replicates 5 --workers " + workers + " --out " + shell_word(out)).exit ==
        0);
    return folder_bytes(out);
  };
  const auto files = bytes("1");
  CHECK(files.size() == 4);
  CHECK(bytes("2") == files);
  CHECK(bytes("7") == files);
  CHECK(run_program("run " + scenario + " --replicates 5 --format json").text == files.at("summary.json"));

  const auto alone = nlohmann::json::parse(run_program("run " + scenario + " --format json").text);
  std::istringstream lines(files.at("replicates.csv"));
  std::string names, first;
  std::getline(lines, names);
  std::getline(lines, first);
  std::istringstream name_cells(names), cells(first);
  std::string name, cell;
  int held = 0;
  while (std::getline(name_cells, name, ',') && std::getline(cells, cell, ',')) {
    if (!alone.contains(name) || !alone[name].is_number()) continue;
    CAPTURE(name);
    CHECK(std::stod(cell) == alone[name].get<double>());
    ++held;
  }
  CHECK(held > 10);
}

TEST_CASE("of a scenario without chance it is said that all replicates are equal") {
  const std::string arguments =
      "run " + shell_word(CHOKEPOINT_SOURCE_DIR "/scenarios/yangquan.json") + " --replicates 3";
  const auto table = run_program(arguments);
  CHECK(table.exit == 0);
  CHECK(table.text.find("All 3 replicates are equal") != std::string::npos);
  CHECK(table.text.find("interval") == std::string::npos);
  CHECK(nlohmann::json::parse(run_program(arguments + " --format json").text)["all_equal"] == true);
}

}  // namespace chokepoint::cli
