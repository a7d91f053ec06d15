#include "analysis/calibration/evaluated_set.hpp"

#include <algorithm>

namespace chokepoint::analysis {

std::string_view to_text(Stage stage) {
  switch (stage) {
    case Stage::search:
      return "search";
    case Stage::profile:
      return "profile";
    case Stage::wave:
      break;
  }
  return "wave";
}

EvaluatedSet held_against(const std::vector<Target>& targets, Centre centre, Outcomes outcomes) {
  EvaluatedSet set{.outcomes = std::move(outcomes)};
  double weights = 0.0;
  for (const Target& target : targets) {
    const TargetFit& fit = set.fits.emplace_back(fit_of(target, set.outcomes.at(target.column), centre));
    set.misfit += target.weight * fit.implausibility * fit.implausibility;
    set.deviance += target.weight * fit.deviance;
    set.implausibility = std::max(set.implausibility, fit.implausibility);
    weights += target.weight;
  }
  set.misfit /= weights;
  return set;
}

}  // namespace chokepoint::analysis
