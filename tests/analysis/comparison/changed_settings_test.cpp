#include "analysis/comparison/changed_settings.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <doctest/doctest.h>

#include "analysis/comparison/document_text.hpp"
#include "analysis/comparison/setting_groups.hpp"

namespace chokepoint::analysis {
namespace {

using tests::document_of;

std::vector<std::string> pointers(const std::vector<ChangedSetting>& settings) {
  std::vector<std::string> all;
  for (const ChangedSetting& one : settings) all.push_back(one.setting.pointer);
  return all;
}

/// Settings at these places.
std::vector<ChangedSetting> settings_at(const std::vector<std::string>& places) {
  std::vector<ChangedSetting> settings;
  for (const std::string& place : places)
    settings.push_back({.base = 1, .other = 2, .setting = {.pointer = place, .value = 2, .words = place}});
  return settings;
}

}  // namespace

TEST_CASE("two scenarios differ at the smallest parts that stand apart") {
  const auto base = document_of(
      R"({"name": "a", "seed": 1, "sites": [{"pue": 1.1, "limit": "4 MW"}, {"pue": 1.2}], "fleets": [{"x": 1}], "a/b": 1})");
  const auto other = document_of(
      R"({"name": "b", "seed": 2, "sites": [{"pue": 1.3, "carbon": "x"}, {"pue": 1.2}], "fleets": [{"x": 1}, {"x": 2}], "a/b": 2})");
  const auto settings = changed_settings(base, other);
  CHECK(pointers(settings) ==
        std::vector<std::string>{"/a~1b", "/fleets", "/sites/0/carbon", "/sites/0/limit", "/sites/0/pue"});
  CHECK(settings[4].words() == "/sites/0/pue 1.1 -> 1.3");
  CHECK(settings[3].words() == "/sites/0/limit \"4 MW\" -> nothing");
  CHECK(changed_settings(base, base).empty());
}

TEST_CASE("how sites are called is no difference and a fleet that moves is one") {
  const auto base = document_of(
      R"({"sites": [{"name": "a", "pue": 1.1}, {"name": "b"}], "fleets": [{"name": "f", "site": "a"}, {"name": "g", "site": "b"}]})");
  const auto renamed = document_of(
      R"({"sites": [{"name": "x", "pue": 1.1}, {"name": "b"}], "fleets": [{"name": "f", "site": "x"}, {"name": "g", "site": "b"}]})");
  CHECK(changed_settings(base, renamed).empty());
  const auto moved = document_of(
      R"({"sites": [{"name": "x", "pue": 1.3}, {"name": "b"}], "fleets": [{"name": "f", "site": "x"}, {"name": "g", "site": "x"}]})");
  const auto settings = changed_settings(base, moved);
  CHECK(pointers(settings) == std::vector<std::string>{"/fleets/1/site", "/sites/0/pue"});
  CHECK(settings[0].setting.value == "a");
  // The draws of a fleet go by its name.
  const auto fleet = document_of(
      R"({"sites": [{"name": "a", "pue": 1.1}, {"name": "b"}], "fleets": [{"name": "h", "site": "a"}, {"name": "g", "site": "b"}]})");
  CHECK(pointers(changed_settings(base, fleet)) == std::vector<std::string>{"/fleets/0/name"});
}

TEST_CASE("all differences switched on the base give the other") {
  const auto base = document_of(R"({"sites": [{"pue": 1.1, "limit": "4 MW"}], "fleets": [1, 2], "run_in": "1 d"})");
  const auto other = document_of(R"({"sites": [{"pue": 1.3, "tariff": {"a": [1]}}], "fleets": [3, 2], "start": "x"})");
  const auto settings = changed_settings(base, other);
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < settings.size(); ++i) all.push_back(i);
  CHECK(switched(base, settings, all).root() == other.root());
  std::ranges::reverse(all);
  CHECK(switched(base, settings, all).root() == other.root());
  CHECK(switched(base, settings, {}).root() == base.root());
}

TEST_CASE("one text for files of two folders is a difference") {
  const auto folder = std::filesystem::temp_directory_path() / ("chokepoint_changed_" + std::to_string(getpid()));
  for (const char* part : {"a", "b"}) {
    std::filesystem::create_directories(folder / part);
    std::ofstream(folder / part / "jobs.csv") << part;
  }
  const std::string text = R"({"file": "jobs.csv", "kind": "trace"})";
  const auto one = document_of(text, (folder / "a/s.json").string());
  const auto two = document_of(text, (folder / "b/s.json").string());
  CHECK(pointers(changed_settings(one, two)) == std::vector<std::string>{"/file"});
  CHECK(changed_settings(one, two).front().setting.folder == folder / "b");
  CHECK(changed_settings(one, document_of(text, (folder / "a/t.json").string())).empty());
  std::filesystem::remove_all(folder);
}

TEST_CASE("few settings stand alone and many go by site or fleet and very many by key") {
  CHECK(group_settings(settings_at({"/a", "/sites/0/pue", "/sites/0/limit"})).size() == 3);
  const auto by_part = group_settings(settings_at({"/fleets/0/nodes", "/fleets/0/workload/gpus", "/fleets/1/nodes",
                                                   "/sites/0/limit", "/sites/0/pue", "/start", "/exchange_rates/USD"}));
  CHECK(by_part == std::vector<SettingGroup>{{0, 1}, {2}, {3, 4}, {5}, {6}});
  std::vector<std::string> places;
  for (int fleet = 0; fleet < 12; ++fleet) places.push_back("/fleets/" + std::to_string(fleet) + "/nodes");
  places.emplace_back("/sites/0/pue");
  const auto by_key = group_settings(settings_at(places));
  REQUIRE(by_key.size() == 2);
  CHECK(by_key[0].size() == 12);
}

TEST_CASE("what is refused without something else is joined to it") {
  const std::vector<SettingGroup> apart{{0}, {1}, {2}, {3}};
  const auto contains = [](const SettingGroup& set, std::size_t setting) {
    return std::ranges::find(set, setting) != set.end();
  };
  CHECK(join_inseparable(apart, [](const SettingGroup&) { return false; }) == apart);
  // 2 needs 0.
  CHECK(join_inseparable(apart, [&](const SettingGroup& set) { return contains(set, 2) && !contains(set, 0); }) ==
        std::vector<SettingGroup>{{0, 2}, {1}, {3}});
  // 1 and 3 only go together.
  CHECK(join_inseparable(apart, [&](const SettingGroup& set) { return contains(set, 1) != contains(set, 3); }) ==
        std::vector<SettingGroup>{{0}, {1, 3}, {2}});
  // Nothing but all.
  CHECK(join_inseparable(apart, [](const SettingGroup&) { return true; }) == std::vector<SettingGroup>{{0, 1, 2, 3}});
}

}  // namespace chokepoint::analysis
