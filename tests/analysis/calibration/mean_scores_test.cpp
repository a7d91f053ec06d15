#include "analysis/calibration/mean_scores.hpp"

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

/// A judgement with these scores; the naive forecasts of a fact that has both.
TargetJudgement judged(double fitted, double left_out, double naive) {
  return {.fitted = {.name = "ensemble", .score = fitted},
          .left_out = ScoredBand{.name = "left out", .score = left_out},
          .naive = {{.name = "untuned", .score = 9.0},
                    {.name = "last value", .score = naive},
                    {.name = "trend", .score = naive + 1.0}}};
}

std::string text_of(const MeanScores& means) {
  std::string text;
  for (const auto& [name, score] : means.scores) text += name + ' ' + std::to_string(score).substr(0, 4) + ' ';
  return text;
}

}  // namespace

TEST_CASE("mean scores are those of the facts that have both naive forecasts") {
  const std::vector<Target> targets{{.logarithmic = true}, {.logarithmic = true}, {.logarithmic = true}, {}};
  std::vector<TargetJudgement> judgements{judged(1.0, 2.0, 3.0), judged(3.0, 5.0, 7.0), judged(100.0, 100.0, 100.0),
                                          judged(100.0, 100.0, 100.0)};
  judgements[2].naive.pop_back();
  const MeanScores means = mean_scores(targets, judgements);
  CHECK(means.facts == 2);
  CHECK(text_of(means) == "ensemble 2.00 left out 3.50 untuned 9.00 last value 5.00 trend 6.00 ");
  judgements[1].left_out.reset();
  CHECK(text_of(mean_scores(targets, judgements)) == "ensemble 2.00 untuned 9.00 last value 5.00 trend 6.00 ");
}

TEST_CASE("targets that are no facts have no mean score") {
  const MeanScores means = mean_scores(std::vector<Target>{{}}, std::vector<TargetJudgement>{judged(1.0, 2.0, 3.0)});
  CHECK(means.facts == 0);
  CHECK(means.scores.empty());
}

}  // namespace chokepoint::analysis
