#pragma once

#include <span>
#include <string_view>

namespace chokepoint::sim {

/// A file of `models/catalogue`, compiled into the program: `name` without ".json", and its text.
struct CatalogueFile {
  std::string_view name;
  std::string_view text;
};

/// In alphabetical order of name.
std::span<const CatalogueFile> catalogue_files();

}  // namespace chokepoint::sim
