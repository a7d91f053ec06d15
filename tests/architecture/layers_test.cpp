#include <array>
#include <filesystem>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "architecture/source_tree.hpp"

namespace chokepoint::architecture {
namespace {

std::string top_folder(const std::string& path) {
  return path.substr(0, path.find('/'));
}

bool is_standard(const std::string& header) {
  return header.find_first_of("/.") == std::string::npos;
}

TEST_CASE("a layer includes only itself and the layers below it") {
  const std::map<std::string, int> height{{"models", 0}, {"sim", 1}, {"analysis", 2}, {"cli", 3}};
  for (const SourceFile& file : layer_files()) {
    for (const Include& include : includes(file)) {
      if (!include.quoted) continue;
      CAPTURE(file.path);
      CAPTURE(include.header);
      REQUIRE(height.contains(top_folder(include.header)));
      CHECK(height.at(top_folder(include.header)) <= height.at(top_folder(file.path)));
      CHECK(std::filesystem::exists(project_folder() / include.header));
    }
  }
}

TEST_CASE("models use the standard library and Eigen and neither files nor clocks nor threads") {
  for (const SourceFile& file : layer_files()) {
    if (!file.in("models")) continue;
    for (const Include& include : includes(file)) {
      if (include.quoted) continue;
      CAPTURE(file.path);
      CAPTURE(include.header);
      CHECK((is_standard(include.header) || include.header.starts_with("Eigen/")));
      for (const auto* barred : {"fstream", "filesystem", "iostream", "thread", "ctime", "random"})
        CHECK(include.header != barred);
    }
  }
}

struct Library {
  const char* headers;
  std::vector<std::string> folders;
};

TEST_CASE("a library is included only in the folders that stand before it") {
  const std::array libraries{
      Library{"simgrid/", {"sim/kernel", "sim/fabric"}},
      Library{"xbt/", {"sim/kernel", "sim/fabric"}},
      Library{"boost/program_options", {"cli"}},
      Library{"sqlite3.h", {"analysis"}},
      Library{"httplib.h", {"analysis"}},
      Library{"nlopt", {"analysis"}},
      Library{"date/", {"sim"}},
      Library{"zlib.h", {"sim"}},
      Library{"openssl/", {"sim/input"}},
  };
  for (const SourceFile& file : layer_files()) {
    for (const Include& include : includes(file)) {
      for (const Library& library : libraries) {
        if (!include.header.starts_with(library.headers)) continue;
        bool allowed = false;
        for (const std::string& folder : library.folders) allowed = allowed || file.in(folder);
        CAPTURE(file.path);
        CAPTURE(include.header);
        CHECK(allowed);
      }
    }
  }
}

}  // namespace
}  // namespace chokepoint::architecture
