#include "cli/run_command.hpp"

#include <doctest/doctest.h>

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

}  // namespace chokepoint::cli
