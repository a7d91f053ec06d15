#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sim/scenario/scenario_document.hpp"

namespace chokepoint::analysis {

/// One place at which two scenarios differ.
struct ChangedSetting {
  /// What each has there; null where it has nothing.
  sim::Json base;
  sim::Json other;
  /// What makes the base like the other there.
  sim::Setting setting;

  /// "/sites/0/pue 1.1 -> 1.4", long values cut.
  [[nodiscard]] std::string words() const;
};

/// Where `other` differs from `base`, both merged with what they extend and set: the smallest parts that stand apart,
/// lists of equal length element by element and others as a whole. The same text that names another file in each is a
/// difference. Left out: name, title, description, the case, and the seed, which a comparison gives itself; and, where
/// both have as many sites, how these are called, which changes no figure. (Names of fleets, works and tenants do:
/// their draws go by them.) No place lies within another, so that any set of them can be switched in any order.
std::vector<ChangedSetting> changed_settings(const sim::ScenarioDocument& base, const sim::ScenarioDocument& other);

/// `base` with those of `settings` switched whose places are in `which`.
sim::ScenarioDocument switched(const sim::ScenarioDocument& base, std::span<const ChangedSetting> settings,
                               std::span<const std::size_t> which);

}  // namespace chokepoint::analysis
