#include "analysis/calibration/profile.hpp"

#include <algorithm>
#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

constexpr double chi_squared_90 = 2.705543;

/// Of the places within half a step of the grid the best, else of all.
const KnownPlace& start_near(double coordinate, std::span<const KnownPlace> known, const ProfilePlan& plan) {
  const KnownPlace* best = nullptr;
  for (const KnownPlace& one : known)
    if (std::abs(one.place[plan.coordinate] - coordinate) <= 0.5 / static_cast<double>(plan.points) &&
        (best == nullptr || one.deviance < best->deviance))
      best = &one;
  return best != nullptr ? *best : *std::ranges::min_element(known, {}, &KnownPlace::deviance);
}

Identified identified_by(const Profile& profile, const KnownPlace& best, std::size_t coordinate) {
  bool below = false, above = false;
  for (std::size_t i = 0; i < profile.at.size(); ++i)
    if (profile.deviance[i] > best.deviance + chi_squared_90)
      (profile.at[i] < best.place[coordinate] ? below : above) = true;
  if (below && above) return Identified::both;
  if (below) return Identified::from_below;
  return above ? Identified::from_above : Identified::no;
}

}  // namespace

Profile profile(const Objective& deviance, std::span<const KnownPlace> known, const ProfilePlan& plan) {
  models::expects(!known.empty() && plan.points > 0, "places to start from");
  Profile result;
  for (std::size_t i = 0; i < plan.points; ++i) {
    const double coordinate = (static_cast<double>(i) + 0.5) / static_cast<double>(plan.points);
    const KnownPlace& start = start_near(coordinate, known, plan);
    Search search = plan.search;
    search.start.assign(start.place.begin(), start.place.end());
    search.start[plan.coordinate] = coordinate;
    search.fixed = plan.coordinate;
    result.at.push_back(coordinate);
    result.deviance.push_back(minimize(deviance, search).value);
  }
  result.identified =
      identified_by(result, *std::ranges::min_element(known, {}, &KnownPlace::deviance), plan.coordinate);
  return result;
}

}  // namespace chokepoint::analysis
