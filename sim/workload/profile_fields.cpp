#include "sim/workload/profile_fields.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace chokepoint::sim {
namespace {

template <std::size_t N>
void visit_weights(FieldVisitor& v, std::array<double, N>& weights) {
  std::vector<double> values;
  if (!v.sound([&] { v.list(values, N, [&](double& value) { v.number(value, {.low = 0.0, .high = 1e12}); }); })) return;
  if (values.size() != N) return v.refuse(fmt::format("{} weights", N), std::to_string(values.size()));
  if (std::ranges::all_of(values, [](double value) { return value == 0.0; }))
    return v.refuse("a weight above 0", "none");
  std::ranges::copy(values, weights.begin());
}

}  // namespace

void visit_profile(FieldVisitor& v, models::RateProfile& profile) {
  v.field("daily", "24 weights, one an hour from midnight on, on the clock of the fleet's site", optional,
          [&] { visit_weights(v, profile.by_hour); });
  v.field("weekly", "7 weights, Monday first", optional, [&] { visit_weights(v, profile.by_weekday); });
  v.field("growth", "growth a year from the start on, such as \"50 %\"", optional,
          [&] { v.number(profile.growth_per_year, {.low = -0.99, .high = 100.0}); });
}

std::string profile_words(const models::RateProfile& profile) {
  std::string text;
  if (!profile.is_flat()) text = fmt::format("up to {:.3g} times that by the hour", profile.peak());
  if (profile.growth_per_year != 0.0)
    text +=
        fmt::format("{}{} by {:.4g} % a year", text.empty() ? "" : ", ",
                    profile.growth_per_year > 0.0 ? "growing" : "falling", 100.0 * std::abs(profile.growth_per_year));
  return text.empty() ? text : " (" + text + ")";
}

}  // namespace chokepoint::sim
