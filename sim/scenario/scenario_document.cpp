#include "sim/scenario/scenario_document.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "models/contract/expects.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::sim {
namespace {

[[noreturn]] void refuse(const std::string& file, std::string where, std::string expected, std::string found,
                         std::string hint = {}) {
  throw InputError(Fault{.file = file,
                         .where = std::move(where),
                         .expected = std::move(expected),
                         .found = std::move(found),
                         .hint = std::move(hint)});
}

/// The value of a setting: JSON where it is that, else the text itself.
Json setting_value(const std::string& text) {
  Json value = Json::parse(text, nullptr, false);
  return value.is_discarded() ? Json(text) : value;
}

std::vector<std::string> keys_of(const Json& node) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : node.items()) keys.push_back(key);
  return keys;
}

Json::json_pointer parsed_pointer(const Setting& setting) {
  try {
    return Json::json_pointer(setting.pointer);
  } catch (const Json::exception&) {
    refuse(setting.source, {}, "a JSON pointer, such as /sites/0/pue", '"' + setting.pointer + '"');
  }
}

/// Checks that `pointer` can be set: all but its last step lead to an object or a list.
void check_pointer(const Json& root, const Setting& setting, const Json::json_pointer& pointer) {
  const Json* node = &root;
  std::vector<std::string> steps;
  for (Json::json_pointer rest = pointer; !rest.empty(); rest.pop_back()) steps.push_back(rest.back());
  std::ranges::reverse(steps);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string& step = steps[i];
    const bool last = i + 1 == steps.size();
    if (node->is_array()) {
      const bool index = !step.empty() && std::ranges::all_of(step, [](char c) { return c >= '0' && c <= '9'; });
      if (last && step == "-" && !setting.value.is_null()) return;
      const bool canonical = index && step.size() <= 9 && (step.size() == 1 || step.front() != '0');
      if (!canonical || std::stoul(step) >= node->size())
        refuse(setting.source, setting.words,
               node->empty() ? "\"-\", which adds to the empty list"
                             : fmt::format("an index from 0 to {}, or \"-\" to add one", node->size() - 1),
               '"' + step + '"');
      node = &(*node)[std::stoul(step)];
    } else if (node->is_object()) {
      if (last && !setting.value.is_null()) return;
      const auto found = node->find(step);
      if (found == node->end())
        refuse(setting.source, setting.words, "a pointer to something in the scenario",
               fmt::format("no key \"{}\"", step), name_hint(step, keys_of(*node)));
      node = &*found;
    } else {
      refuse(setting.source, setting.words, "a pointer into an object or a list",
             fmt::format("\"{}\" below a plain value", step));
    }
  }
}

void remove_at(Json& root, Json::json_pointer pointer) {
  const std::string step = pointer.back();
  pointer.pop_back();
  Json& parent = root[pointer];
  if (parent.is_array()) {
    parent.erase(std::stoul(step));
  } else {
    parent.erase(step);
  }
}

}  // namespace

Setting parse_setting(const std::string& text, const std::string& source) {
  const std::size_t equals = text.find('=');
  Setting setting{.pointer = text.substr(0, equals), .value = {}, .words = text, .source = source};
  if (equals == std::string::npos || !text.starts_with('/'))
    refuse(setting.source, {}, "POINTER=VALUE, such as /sites/0/pue=1.2", '"' + text + '"');
  setting.value = setting_value(text.substr(equals + 1));
  return setting;
}

ScenarioDocument::ScenarioDocument(const std::filesystem::path& path, const JsonLoader& load) {
  read_chain(path, load);
  root_ = chain_.back().content;
  for (auto source = std::next(chain_.rbegin()); source != chain_.rend(); ++source) root_.merge_patch(source->content);
  root_.erase("extends");
}

Json ScenarioDocument::load_extended(const std::filesystem::path& path, const JsonLoader& load) const {
  try {
    return load(path);
  } catch (const InputError& error) {
    const Fault& fault = error.faults().front();
    // What is wrong with its text has a place of its own.
    if (!fault.where.empty()) throw;
    refuse(chain_.back().path.string(), "/extends", fault.expected, fault.found + ": " + path.string());
  }
}

void ScenarioDocument::read_chain(const std::filesystem::path& path, const JsonLoader& load) {
  std::filesystem::path next = path;
  for (;;) {
    const auto same = [&next](const Source& source) {
      std::error_code error;
      return source.path.lexically_normal() == next.lexically_normal() ||
             std::filesystem::equivalent(source.path, next, error);
    };
    if (std::ranges::any_of(chain_, same))
      refuse(chain_.back().path.string(), "/extends", "a file that does not extend this one", next.string());
    chain_.push_back({.path = next, .content = chain_.empty() ? load(next) : load_extended(next, load)});
    const Json& content = chain_.back().content;
    if (!content.is_object())
      refuse(next.string(), "/", "an object (a scenario)", content.is_array() ? "a list" : "a plain value");
    const auto extends = content.find("extends");
    if (extends == content.end()) return;
    if (!extends->is_string()) refuse(next.string(), "/extends", "the name of a file", extends->dump());
    next = next.parent_path() / extends->get<std::string>();
  }
}

void ScenarioDocument::set(const Setting& setting) {
  models::expects(!setting.pointer.empty(), "a setting changes a part of a scenario");
  Json::json_pointer pointer = parsed_pointer(setting);
  check_pointer(root_, setting, pointer);
  if (setting.value.is_null()) return remove_at(root_, pointer);
  // "-" adds to a list: what was set then stands at its new last index.
  if (pointer.back() == "-" && root_[pointer.parent_pointer()].is_array()) {
    const std::size_t end = root_[pointer.parent_pointer()].size();
    pointer.pop_back();
    pointer /= end;
  }
  root_[pointer] = setting.value;
  settings_.push_back({.pointer = pointer.to_string(), .source = setting.source, .folder = setting.folder});
}

const ScenarioDocument::SettingPlace* ScenarioDocument::setting_of(const std::string& pointer) const {
  // What was set lies at or below a pointer of a setting, the last of which holds.
  const auto holds = [&](const SettingPlace& set) { return lies_within(pointer, set.pointer); };
  const auto found = std::find_if(settings_.rbegin(), settings_.rend(), holds);
  return found == settings_.rend() ? nullptr : &*found;
}

const ScenarioDocument::Source& ScenarioDocument::source_of(const std::string& pointer) const {
  const Json::json_pointer place(pointer);
  for (const Source& source : chain_)
    if (source.content.contains(place)) return source;
  return chain_.front();
}

std::string ScenarioDocument::file_of(const std::string& pointer) const {
  const SettingPlace* set = setting_of(pointer);
  return set != nullptr ? set->source : source_of(pointer).path.string();
}

std::filesystem::path ScenarioDocument::folder_of(const std::string& pointer) const {
  const SettingPlace* set = setting_of(pointer);
  return set != nullptr ? set->folder : source_of(pointer).path.parent_path();
}

}  // namespace chokepoint::sim
