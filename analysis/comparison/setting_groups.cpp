#include "analysis/comparison/setting_groups.hpp"

#include <algorithm>
#include <bit>
#include <optional>
#include <string>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

/// "/sites/0" of "/sites/0/tariff/price" for two steps. A second step that is no index belongs to the first.
std::string part_of(const std::string& pointer, int steps) {
  const std::size_t first = pointer.find('/', 1);
  if (steps == 1 || first == std::string::npos) return pointer.substr(0, first);
  const std::size_t second = pointer.find('/', first + 1);
  const bool index = pointer.find_first_not_of("0123456789", first + 1) == second;
  return pointer.substr(0, index ? second : first);
}

std::vector<SettingGroup> group_by(std::span<const ChangedSetting> settings,
                                   const std::function<std::string(const std::string&)>& part) {
  std::vector<SettingGroup> groups;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const std::string name = part(settings[i].setting.pointer);
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
      names.push_back(name);
      groups.push_back({i});
    } else {
      groups[static_cast<std::size_t>(found - names.begin())].push_back(i);
    }
  }
  return groups;
}

bool fewer(std::uint64_t a, std::uint64_t b) {
  return std::popcount(a) < std::popcount(b);
}

/// The smallest of the sets that `holds`, the first of equal ones.
std::optional<std::uint64_t> smallest(std::size_t groups, const std::function<bool(std::uint64_t)>& holds) {
  std::optional<std::uint64_t> found;
  for (std::uint64_t set = 1; set < std::uint64_t{1} << groups; ++set)
    if ((!found || fewer(set, *found)) && holds(set)) found = set;
  return found;
}

}  // namespace

std::vector<SettingGroup> group_settings(std::span<const ChangedSetting> settings) {
  auto groups = group_by(settings, [](const std::string& pointer) { return pointer; });
  for (int steps = 2; steps >= 1 && groups.size() > most_shapley_groups; --steps)
    groups = group_by(settings, [steps](const std::string& pointer) { return part_of(pointer, steps); });
  return groups;
}

SettingGroup settings_of(std::span<const SettingGroup> groups, std::uint64_t set) {
  SettingGroup all;
  for (std::size_t i = 0; i < groups.size(); ++i)
    if ((set >> i & 1U) != 0) all.insert(all.end(), groups[i].begin(), groups[i].end());
  std::ranges::sort(all);
  return all;
}

std::vector<SettingGroup> join_inseparable(std::vector<SettingGroup> groups,
                                           const std::function<bool(const SettingGroup&)>& refused) {
  models::expects(groups.size() <= 20, "few enough groups to try all sets of them");
  for (;;) {
    const std::uint64_t all = (std::uint64_t{1} << groups.size()) - 1;
    std::vector<bool> bad(all + 1, false);
    for (std::uint64_t set = 1; set < all; ++set) bad[set] = refused(settings_of(groups, set));
    const auto first = smallest(groups.size(), [&](std::uint64_t set) { return bad[set]; });
    if (!first) return groups;
    const auto around =
        *smallest(groups.size(), [&](std::uint64_t set) { return !bad[set] && (set & *first) == *first; });
    std::vector<SettingGroup> joined{settings_of(groups, around)};
    for (std::size_t i = 0; i < groups.size(); ++i)
      if ((around >> i & 1U) == 0) joined.push_back(groups[i]);
    // In the order of their first settings, as before.
    std::ranges::sort(joined);
    groups = std::move(joined);
  }
}

}  // namespace chokepoint::analysis
