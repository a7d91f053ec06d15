#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "sim/input/json_document.hpp"

namespace chokepoint::sim {

/// Reads the file at a path.
using JsonLoader = std::function<Json(const std::filesystem::path&)>;

/// A scenario as JSON: a file, the files that it extends (RFC 7386, the nearer one wins), and settings from the command
/// line on top.
class ScenarioDocument {
 public:
  /// Reads `path` and whatever "extends" names in it, relative to the file that says so; then applies `settings`, each
  /// "POINTER=VALUE" (RFC 6901; VALUE is JSON, or else a text). A pointer must hit something or add a key to an object
  /// or an element ("-") to a list that is there. Throws InputError.
  ScenarioDocument(const std::filesystem::path& path, const std::vector<std::string>& settings,
                   const JsonLoader& load = load_json);

  [[nodiscard]] const Json& root() const { return root_; }
  /// The file that the value at a JSON pointer comes from, or "--set".
  [[nodiscard]] std::string file_of(const std::string& pointer) const;
  /// The folder that a path found at `pointer` is relative to; the current one for settings.
  [[nodiscard]] std::filesystem::path folder_of(const std::string& pointer) const;

 private:
  struct Source {
    std::filesystem::path path;
    Json content;
  };

  void read_chain(const std::filesystem::path& path, const JsonLoader& load);
  void apply(const std::string& setting);
  [[nodiscard]] const Source* source_of(const std::string& pointer) const;

  std::vector<Source> chain_;  // the scenario first, then what it extends
  std::vector<std::string> set_pointers_;
  Json root_;
};

}  // namespace chokepoint::sim
