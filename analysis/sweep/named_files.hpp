#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "analysis/store/study_identity.hpp"
#include "sim/input/json_document.hpp"

namespace chokepoint::analysis {

/// Finds the files that JSON names and takes the digests of their bytes: every text that is the path of a file, from
/// the folder that texts at its place are relative to, and, where that file is JSON itself, what it names in turn.
/// Leaves out: folders, pipes and devices, and what the system offers to all programs, such as time zones.
class NamedFiles {
 public:
  /// The folder that a path at a JSON pointer is relative to.
  using FolderOf = std::function<std::filesystem::path(const std::string& pointer)>;

  /// `where` begins the places, such as "scenario". Throws InputError where a file cannot be read.
  void add(const sim::Json& json, const std::string& where, const FolderOf& folder_of);
  [[nodiscard]] std::vector<NamedFile> take() && { return std::move(files_); }

 private:
  void add_file(const std::filesystem::path& path, const std::string& name, const std::string& place);

  std::vector<NamedFile> files_;
  std::set<std::filesystem::path> followed_;
};

}  // namespace chokepoint::analysis
