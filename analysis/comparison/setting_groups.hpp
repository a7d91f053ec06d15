#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "analysis/comparison/changed_settings.hpp"

namespace chokepoint::analysis {

/// Settings that are switched together, by their places in a list of them, ascending.
using SettingGroup = std::vector<std::size_t>;

/// So many groups are explained by all sets of them.
inline constexpr std::size_t most_shapley_groups = 6;

/// Each setting alone where there are few, else those of one site, fleet or key of the scenario together, else those
/// of all sites, all fleets or one key; these last may still be many.
std::vector<SettingGroup> group_settings(std::span<const ChangedSetting> settings);

/// The settings of the groups whose bit in `set` is 1, ascending.
SettingGroup settings_of(std::span<const SettingGroup> groups, std::uint64_t set);

/// Puts groups together until no set of them is refused: of a refused set (the smallest, the first of equal ones) those
/// of the smallest set around it that is not refused. All of them together are not refused. At most 20 groups.
/// `refused` is asked for every set but none and all.
std::vector<SettingGroup> join_inseparable(std::vector<SettingGroup> groups,
                                           const std::function<bool(const SettingGroup&)>& refused);

}  // namespace chokepoint::analysis
