#include "analysis/output/new_files.hpp"

#include <array>

#include <doctest/doctest.h>

#include "cli/program.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {
namespace {

TEST_CASE("all names that are taken are told at once and a link to nothing is one") {
  const tests::ScratchFolder folder;
  const auto file = std::filesystem::path(folder.write("file", "kept"));
  const auto within = folder.path() / "within", link = folder.path() / "link", free = folder.path() / "free";
  std::filesystem::create_directory(within);
  std::filesystem::create_symlink(folder.path() / "nowhere", link);
  CHECK_NOTHROW(expect_new_files(std::array{free}, "hint"));
  try {
    expect_new_files(std::array{file, free, within, link}, "hint");
    FAIL("names that are taken");
  } catch (const sim::InputError& error) {
    REQUIRE(error.faults().size() == 3);
    CHECK(error.faults()[0].text().ends_with("file: expected a name that is not taken, found a file (hint)"));
    CHECK(error.faults()[1].text().ends_with("within: expected a name that is not taken, found a folder (hint)"));
    CHECK(error.faults()[2].file == link.string());
  }
  CHECK(tests::file_text(file) == "kept");
}

}  // namespace
}  // namespace chokepoint::analysis
