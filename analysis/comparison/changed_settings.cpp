#include "analysis/comparison/changed_settings.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "sim/input/json_document.hpp"

namespace chokepoint::analysis {
namespace {

using sim::Json;

class Differ {
 public:
  Differ(const sim::ScenarioDocument& base, const sim::ScenarioDocument& other) : base_(base), other_(other) {}

  void compare(const std::string& pointer, const Json& base, const Json& other) {
    if (base.is_object() && other.is_object()) return compare_keys(pointer, base, other);
    if (base.is_array() && other.is_array() && base.size() == other.size()) {
      for (std::size_t i = 0; i < base.size(); ++i)
        compare(sim::child_pointer(pointer, std::to_string(i)), base[i], other[i]);
      return;
    }
    if (base != other || name_different_files(pointer, base)) add(pointer, base, other);
  }

  std::vector<ChangedSetting> take() { return std::move(settings_); }

 private:
  void compare_keys(const std::string& pointer, const Json& base, const Json& other) {
    std::set<std::string> keys;
    for (const auto& [key, value] : base.items()) keys.insert(key);
    for (const auto& [key, value] : other.items()) keys.insert(key);
    for (const std::string& key : keys) {
      static constexpr std::array<std::string_view, 5> silent{"name", "title", "description", "case", "seed"};
      if (pointer.empty() && std::ranges::find(silent, key) != silent.end()) continue;
      const auto in_base = base.find(key);
      const auto in_other = other.find(key);
      const std::string place = sim::child_pointer(pointer, key);
      if (in_base != base.end() && in_other != other.end()) {
        compare(place, *in_base, *in_other);
      } else {
        add(place, in_base == base.end() ? Json() : *in_base, in_other == other.end() ? Json() : *in_other);
      }
    }
  }

  /// A relative path means another file where it is told by a file of another folder.
  [[nodiscard]] bool name_different_files(const std::string& pointer, const Json& value) const {
    if (!value.is_string()) return false;
    const auto one = base_.folder_of(pointer) / value.get<std::string>();
    const auto two = other_.folder_of(pointer) / value.get<std::string>();
    std::error_code error;
    return one != two && std::filesystem::is_regular_file(one, error) && std::filesystem::is_regular_file(two, error) &&
           !std::filesystem::equivalent(one, two, error);
  }

  void add(const std::string& pointer, const Json& base, const Json& other) {
    settings_.push_back({.base = base,
                         .other = other,
                         .setting = {.pointer = pointer,
                                     .value = other,
                                     .words = pointer,
                                     .source = other_.file_of(pointer),
                                     .folder = other_.folder_of(pointer)}});
  }

  const sim::ScenarioDocument& base_;
  const sim::ScenarioDocument& other_;
  std::vector<ChangedSetting> settings_;
};

/// The name of a site, or nothing.
std::string site_name(const Json& site) {
  return site.is_object() && site.contains("name") && site["name"].is_string() ? site["name"].get<std::string>() : "";
}

/// `other` with its sites called as those of the base at the same places, where they are as many.
sim::ScenarioDocument called_alike(const sim::ScenarioDocument& base, sim::ScenarioDocument other) {
  const Json sites = base.root().value("sites", Json::array());
  const Json others = other.root().value("sites", Json::array());
  if (!sites.is_array() || !others.is_array() || sites.size() != others.size()) return other;
  std::map<std::string, std::string> names;
  const auto rename = [&](const std::string& pointer, const std::string& name) {
    if (other.root()[Json::json_pointer(pointer)] != name)
      other.set({.pointer = pointer, .value = name, .words = pointer});
  };
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const std::string name = site_name(sites[i]);
    const std::string was = site_name(others[i]);
    if (name.empty() || was.empty()) return other;
    names[was] = name;
  }
  for (std::size_t i = 0; i < sites.size(); ++i) rename(fmt::format("/sites/{}/name", i), site_name(sites[i]));
  const Json fleets = other.root().value("fleets", Json::array());
  for (std::size_t i = 0; fleets.is_array() && i < fleets.size(); ++i) {
    const auto stands = fleets[i].is_object() ? fleets[i].find("site") : fleets[i].end();
    if (stands == fleets[i].end() || !stands->is_string()) continue;
    const auto name = names.find(stands->get<std::string>());
    if (name != names.end()) rename(fmt::format("/fleets/{}/site", i), name->second);
  }
  return other;
}

std::string short_text(const Json& value) {
  constexpr std::size_t most = 36;
  if (value.is_null()) return "nothing";
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= most) return text;
  // Not within a letter.
  std::size_t end = most - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

std::string ChangedSetting::words() const {
  return setting.pointer + ' ' + short_text(base) + " -> " + short_text(other);
}

std::vector<ChangedSetting> changed_settings(const sim::ScenarioDocument& base, const sim::ScenarioDocument& other) {
  const sim::ScenarioDocument renamed = called_alike(base, other);
  Differ differ(base, renamed);
  differ.compare("", base.root(), renamed.root());
  return differ.take();
}

sim::ScenarioDocument switched(const sim::ScenarioDocument& base, std::span<const ChangedSetting> settings,
                               std::span<const std::size_t> which) {
  sim::ScenarioDocument document = base;
  for (const std::size_t place : which) document.set(settings[place].setting);
  return document;
}

}  // namespace chokepoint::analysis
