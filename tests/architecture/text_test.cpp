#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "architecture/source_tree.hpp"

namespace chokepoint::architecture {
namespace {

const std::vector<std::string> all_folders{"models", "sim", "analysis", "cli", "tests", "cmake"};

/// The words between back quotes of the line of CONTRIBUTING.md that begins with `head`.
std::set<std::string> contributing_words(const std::string& head) {
  static const std::regex quoted("`([^`]+)`");
  std::set<std::string> words;
  for (const std::string& line : source_file("CONTRIBUTING.md").lines) {
    if (!line.starts_with(head)) continue;
    for (std::sregex_iterator found(line.begin(), line.end(), quoted), end; found != end; ++found)
      words.insert((*found)[1]);
  }
  return words;
}

TEST_CASE("a source file has at most 400 lines") {
  for (const SourceFile& file : source_files(all_folders, {".hpp", ".cpp", ".sh", ".cmake", "CMakeLists.txt"})) {
    CAPTURE(file.path);
    CHECK(file.lines.size() <= 400);
  }
}

TEST_CASE("the words that CONTRIBUTING bars are in no source file") {
  const std::set<std::string> barred = contributing_words("- Words that mark unfinished work");
  REQUIRE_FALSE(barred.empty());
  std::string any;
  for (const std::string& word : barred) any += (any.empty() ? "" : "|") + word;
  const std::regex barred_word("\\b(" + any + ")\\b");
  for (const SourceFile& file : source_files(all_folders, {".hpp", ".cpp", ".sh", ".cmake", ".txt", ".md", ".json"})) {
    for (const std::string& line : file.lines) {
      CAPTURE(file.path);
      CAPTURE(line);
      CHECK_FALSE(std::regex_search(line, barred_word));
    }
  }
}

TEST_CASE("a file or folder has no name that says nothing") {
  const std::set<std::string> barred = contributing_words("- Names that say nothing");
  REQUIRE_FALSE(barred.empty());
  for (const SourceFile& file : source_files(all_folders, {""})) {
    for (const std::filesystem::path& part : std::filesystem::path(file.path)) {
      CAPTURE(file.path);
      CHECK_FALSE(barred.contains(part.stem().string()));
    }
  }
}

}  // namespace
}  // namespace chokepoint::architecture
