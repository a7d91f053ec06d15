#include "analysis/calibration/mean_scores.hpp"

#include <algorithm>

#include "analysis/calibration/naive_forecasts.hpp"
#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

const ScoredBand* naive_of(const TargetJudgement& judgement, std::string_view name) {
  const auto found = std::ranges::find(judgement.naive, name, &ScoredBand::name);
  return found == judgement.naive.end() ? nullptr : &*found;
}

}  // namespace

MeanScores mean_scores(std::span<const Target> targets, std::span<const TargetJudgement> judgements) {
  models::expects(judgements.empty() || judgements.size() == targets.size(), "a judgement of each target");
  std::vector<const TargetJudgement*> some;
  for (std::size_t i = 0; i < judgements.size(); ++i)
    if (targets[i].logarithmic && naive_of(judgements[i], last_value) && naive_of(judgements[i], trend))
      some.push_back(&judgements[i]);

  MeanScores means{.facts = some.size(), .scores = {}};
  const auto add = [&](const auto& band_of) {
    MeanScores::Score mean;
    for (const TargetJudgement* judgement : some) {
      const ScoredBand* band = band_of(*judgement);
      if (band == nullptr) return;
      mean.name = band->name;
      mean.score += band->score / static_cast<double>(some.size());
    }
    if (!some.empty()) means.scores.push_back(std::move(mean));
  };
  add([](const TargetJudgement& one) { return &one.fitted; });
  add([](const TargetJudgement& one) { return one.left_out ? &*one.left_out : nullptr; });
  for (const std::string_view name : {std::string_view("untuned"), last_value, trend})
    add([name](const TargetJudgement& one) { return naive_of(one, name); });
  return means;
}

}  // namespace chokepoint::analysis
