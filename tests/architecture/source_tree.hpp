#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::architecture {

/// One file of the project as text.
struct SourceFile {
  /// From the project's folder, such as "models/market/call_auction.hpp".
  std::string path;
  std::vector<std::string> lines;

  [[nodiscard]] bool in(std::string_view folder) const;
};

/// One `#include` line: `header` without its quotes or brackets.
struct Include {
  std::string header;
  bool quoted = false;
};

/// The files of `folders` of the project whose names end in one of `endings`, in alphabetical order.
std::vector<SourceFile> source_files(const std::vector<std::string>& folders, const std::vector<std::string>& endings);

/// The file at `path` from the project's folder; without lines if there is none.
SourceFile source_file(const std::string& path);

/// The C++ files of the four layers.
const std::vector<SourceFile>& layer_files();

std::vector<Include> includes(const SourceFile& file);

/// The names that the code uses, qualified as written ("std::cout") but for a leading "::"; comments and literals left
/// out.
std::set<std::string> names_used(const SourceFile& file);

/// The folder of the project.
std::filesystem::path project_folder();

}  // namespace chokepoint::architecture
