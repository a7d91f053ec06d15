#include <filesystem>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "architecture/source_tree.hpp"

namespace chokepoint::architecture {
namespace {

TEST_CASE("each folder of models and sim has a README") {
  for (const auto* layer : {"models", "sim"}) {
    for (const auto& entry : std::filesystem::directory_iterator(project_folder() / layer)) {
      if (!entry.is_directory()) continue;
      CAPTURE(entry.path().string());
      CHECK(std::filesystem::exists(entry.path() / "README.md"));
    }
  }
}

}  // namespace
}  // namespace chokepoint::architecture
