#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "sim/input/json_document.hpp"

namespace chokepoint::sim {

/// Reads the file at a path.
using JsonLoader = std::function<Json(const std::filesystem::path&)>;

/// A value that takes the place of another in a scenario.
struct Setting {
  /// RFC 6901, not empty. It must hit something, or add a key to an object or an element ("-") to a list that is there.
  std::string pointer;
  /// null takes the key or the element away.
  Json value;
  /// What messages about the pointer name: the words of who set it, such as "/sites/0/pue=1.2".
  std::string words;
  /// What messages about the value name in place of a file.
  std::string source = "--set";
  /// That paths of files in the value are relative to.
  std::filesystem::path folder = {};
};

/// "POINTER=VALUE", where VALUE is JSON or else a text, as `source` gave it. Throws InputError.
Setting parse_setting(const std::string& text, const std::string& source = "--set");

/// A scenario as JSON: a file, the files that it extends (RFC 7386, the nearer one wins), and settings on top. Copies
/// are independent, so that one that was read once can be set in many ways.
class ScenarioDocument {
 public:
  /// Reads `path` and whatever "extends" names in it, relative to the file that says so. Throws InputError.
  explicit ScenarioDocument(const std::filesystem::path& path, const JsonLoader& load = load_json);

  /// Throws InputError where the pointer hits nothing.
  void set(const Setting& setting);

  [[nodiscard]] const Json& root() const { return root_; }
  /// Whether the value at a JSON pointer, or one that it lies in, was set.
  [[nodiscard]] bool is_set(const std::string& pointer) const { return setting_of(pointer) != nullptr; }
  /// The file that the value at a JSON pointer comes from, or the source of the setting.
  [[nodiscard]] std::string file_of(const std::string& pointer) const;
  /// The folder that a path found at `pointer` is relative to.
  [[nodiscard]] std::filesystem::path folder_of(const std::string& pointer) const;

 private:
  struct Source {
    std::filesystem::path path;
    Json content;
  };
  struct SettingPlace {
    std::string pointer;
    std::string source;
    std::filesystem::path folder;
  };

  void read_chain(const std::filesystem::path& path, const JsonLoader& load);
  /// What the last file of the chain extends; that it cannot be read is that file's fault.
  [[nodiscard]] Json load_extended(const std::filesystem::path& path, const JsonLoader& load) const;
  [[nodiscard]] const SettingPlace* setting_of(const std::string& pointer) const;
  [[nodiscard]] const Source& source_of(const std::string& pointer) const;

  std::vector<Source> chain_;           // the scenario first, then what it extends
  std::vector<SettingPlace> settings_;  // in the order in which they were set
  Json root_;
};

}  // namespace chokepoint::sim
