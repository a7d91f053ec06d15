#pragma once

#include <limits>
#include <string>
#include <vector>

#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"

namespace chokepoint::tests {

/// The figure of a key; NaN where the record has none, or a text.
inline double figure(const sim::Record& record, const std::string& key) {
  for (const sim::Figure& figure : record.figures) {
    if (figure.key != key) continue;
    if (const auto* whole = std::get_if<std::int64_t>(&figure.value)) return static_cast<double>(*whole);
    if (const auto* number = std::get_if<double>(&figure.value)) return *number;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

/// Runs a scenario in a process of its own and gives the figures of `keys`.
inline std::vector<double> figures_of(const sim::Scenario& scenario, const std::vector<std::string>& keys,
                                      std::uint64_t seed = 1) {
  return in_child([&] {
    const sim::Record record = sim::simulate(scenario, {.seed = seed, .keep_details = true}, {});
    std::vector<double> values;
    for (const std::string& key : keys) values.push_back(figure(record, key));
    return values;
  });
}

}  // namespace chokepoint::tests
