#include "analysis/calibration/calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/contract/expects.hpp"
#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {
namespace {

class Calibrator {
 public:
  Calibrator(std::size_t dimensions, const std::vector<Target>& targets, const Evaluate& evaluate,
             const CalibrationPlan& plan, const OnShare& on_share)
      : dimensions_(dimensions), targets_(targets), evaluate_(evaluate), plan_(plan), on_share_(on_share) {}

  Calibration calibrate() {
    result_.population = sample_population(
        {.dimensions = dimensions_,
         .wave = plan_.wave,
         .most_waves = plan_.most_waves,
         .effective = 2.0 * static_cast<double>(plan_.sets),
         .seed = plan_.seed},
        [this](std::span<const std::vector<double>> places) { return deviances_of(places, Stage::wave); });
    done_ = plan_.wave * plan_.most_waves;
    choose_members();
    if (!result_.members.empty())
      result_.judgements =
          judge(targets_, std::span(result_.evaluated).first(result_.population.places.size()), result_.population);
    search_best();
    if (plan_.profile_points > 0 && !result_.members.empty())
      for (std::size_t i = 0; i < dimensions_; ++i) profile_of(i);
    find_best();
    return std::move(result_);
  }

 private:
  std::vector<double> deviances_of(std::span<const std::vector<double>> places, Stage stage) {
    auto outcomes = evaluate_(places);
    models::ensures(outcomes.size() == places.size(), "outcomes of each set");
    std::vector<double> deviances;
    for (std::size_t i = 0; i < places.size(); ++i) {
      EvaluatedSet set = held_against(targets_, plan_.centre, std::move(outcomes[i]));
      set.stage = stage;
      set.place = places[i];
      deviances.push_back(set.deviance);
      result_.evaluated.push_back(std::move(set));
    }
    done_ += places.size();
    if (on_share_)
      on_share_(std::min(1.0, static_cast<double>(done_) / static_cast<double>(most_evaluations(plan_, dimensions_))));
    return deviances;
  }

  [[nodiscard]] Objective objective(Stage stage) {
    return [this, stage](std::span<const double> at) {
      const std::vector<std::vector<double>> place{{at.begin(), at.end()}};
      return deviances_of(place, stage).front();
    };
  }

  void choose_members() {
    auto weights = result_.population.weights(result_.population.deviances);
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (result_.evaluated[i].implausibility > plan_.most_implausible) weights[i] = 0.0;
    if (std::ranges::max(weights) <= 0.0) return;
    sim::RandomStream draws(plan_.seed, 0, "calibration/members");
    result_.members = thinned(weights, plan_.sets, draws.uniform());
  }

  void find_best() {
    result_.best = static_cast<std::size_t>(std::ranges::min_element(result_.evaluated, {}, &EvaluatedSet::deviance) -
                                            result_.evaluated.begin());
  }

  void search_best() {
    std::vector<std::size_t> order(result_.evaluated.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [this](std::size_t i) { return result_.evaluated[i].deviance; });
    for (std::size_t i = 0; i < std::min(plan_.starts, order.size()); ++i)
      minimize(objective(Stage::search), {.method = plan_.method,
                                          .start = result_.evaluated[order[i]].place,
                                          .most_evaluations = plan_.search_evaluations,
                                          .seed = plan_.seed});
  }

  void profile_of(std::size_t coordinate) {
    // Copies: the sets that the profile runs move those that it starts from.
    std::vector<std::vector<double>> places;
    std::vector<KnownPlace> known;
    for (const EvaluatedSet& set : result_.evaluated) places.push_back(set.place);
    for (std::size_t i = 0; i < places.size(); ++i)
      known.push_back({.place = places[i], .deviance = result_.evaluated[i].deviance});
    const bool local = plan_.method == SearchMethod::bobyqa;
    result_.profiles.push_back(profile(objective(Stage::profile), known,
                                       {.coordinate = coordinate,
                                        .points = plan_.profile_points,
                                        .search = {.method = local ? SearchMethod::bobyqa : SearchMethod::sbplx,
                                                   .start = {},
                                                   .most_evaluations = plan_.profile_evaluations}}));
  }

  std::size_t dimensions_;
  const std::vector<Target>& targets_;
  const Evaluate& evaluate_;
  const CalibrationPlan& plan_;
  const OnShare& on_share_;
  Calibration result_;
  std::size_t done_ = 0;
};

}  // namespace

std::size_t most_evaluations(const CalibrationPlan& plan, std::size_t dimensions) {
  return plan.wave * plan.most_waves + plan.starts * plan.search_evaluations +
         dimensions * plan.profile_points * plan.profile_evaluations;
}

Calibration calibrate(std::size_t dimensions, const std::vector<Target>& targets, const Evaluate& evaluate,
                      const CalibrationPlan& plan, const OnShare& on_share) {
  models::expects(dimensions > 0 && !targets.empty(), "parameters and targets");
  return Calibrator(dimensions, targets, evaluate, plan, on_share).calibrate();
}

}  // namespace chokepoint::analysis
