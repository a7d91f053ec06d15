#include <cmath>
#include <numeric>

#include <boost/math/distributions/binomial.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "analysis/calibration/calibrate.hpp"
#include "models/statistics/sorted_sample.hpp"
#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {
namespace {

/// A world in miniature: outcomes of a set with the luck of one draw.
struct SyntheticModel {
  const char* name;
  std::size_t dimensions;
  std::vector<double> tolerances;
  std::size_t replicates;
  std::vector<double> (*outcomes)(const std::vector<double>& at, sim::RandomStream& luck);
};

std::vector<double> linear(const std::vector<double>& at, sim::RandomStream&) {
  return {at[0] + 0.5 * at[1], at[0] - at[1], 2.0 * at[1] + 0.3 * at[0]};
}

// A yield and a peak of a reaction A -> B -> C with rates from 0.2 to 5 and 0.1 to 2: curved, of very unequal slopes.
std::vector<double> reaction(const std::vector<double>& at, sim::RandomStream&) {
  const double first = 0.2 * std::pow(25.0, at[0]), second = 0.1 * std::pow(20.0, at[1]);
  const auto between = [&](double t) {
    return std::abs(first - second) < 1e-9 ? first * t * std::exp(-first * t)
                                           : first / (second - first) * (std::exp(-first * t) - std::exp(-second * t));
  };
  return {std::exp(-first * 0.5), between(0.5), between(2.0)};
}

// A queue's mean wait and load with much luck, which grows with the load (three parameters, four targets).
std::vector<double> lucky(const std::vector<double>& at, sim::RandomStream& luck) {
  const double load = 0.2 + 0.6 * at[0], service = 1.0 + at[1];
  return {load + 0.02 * luck.normal(), load / (1.0 - load) * service * (1.0 + 0.15 * luck.normal()),
          service + 0.1 * at[2] + 0.05 * luck.normal(), at[2] + load + 0.1 * luck.normal()};
}

const SyntheticModel models_of_truth[] = {
    {.name = "linear", .dimensions = 2, .tolerances = {0.05, 0.1, 0.2}, .replicates = 1, .outcomes = linear},
    {.name = "reaction", .dimensions = 2, .tolerances = {0.02, 0.02, 0.03}, .replicates = 1, .outcomes = reaction},
    {.name = "lucky", .dimensions = 3, .tolerances = {0.02, 0.1, 0.1, 0.05}, .replicates = 5, .outcomes = lucky}};

Evaluate evaluate_with(const SyntheticModel& model, std::uint64_t seed) {
  return [&model, seed](std::span<const std::vector<double>> places) {
    std::vector<Outcomes> all;
    for (const auto& place : places) {
      Outcomes outcomes(model.tolerances.size());
      for (std::uint32_t replicate = 0; replicate < model.replicates; ++replicate) {
        sim::RandomStream luck(seed, replicate, "luck");  // shared by all sets
        const auto values = model.outcomes(place, luck);
        for (std::size_t i = 0; i < values.size(); ++i) outcomes[i].push_back(values[i]);
      }
      all.push_back(std::move(outcomes));
    }
    return all;
  };
}

/// The parameters of a trial inside the central 90 % of the ensemble that was fitted to what a truth drawn from the
/// prior showed.
std::vector<bool> covered(const SyntheticModel& model, std::uint64_t trial) {
  sim::RandomStream draws(trial, 0, "truth"), luck(trial, 1000, "luck");
  std::vector<double> truth(model.dimensions);
  for (double& coordinate : truth) coordinate = draws.uniform();
  const auto shown = model.outcomes(truth, luck);
  std::vector<Target> targets;
  for (std::size_t i = 0; i < shown.size(); ++i)
    targets.push_back({.outcome = fmt::format("x{}", i),
                       .column = i,
                       .value = shown[i] + model.tolerances[i] * draws.normal(),
                       .tolerance = model.tolerances[i]});
  const Calibration found = calibrate(model.dimensions, targets, evaluate_with(model, trial),
                                      {.sets = 100, .starts = 0, .profile_points = 0, .seed = trial});
  std::vector<double> weights;
  for (const Kept& member : found.members) weights.push_back(member.weight);
  std::vector<bool> inside;
  for (std::size_t k = 0; k < model.dimensions; ++k) {
    std::vector<double> values;
    for (const Kept& member : found.members) values.push_back(found.evaluated[member.index].place[k]);
    inside.push_back(!values.empty() &&
                     models::SortedSample(values, weights).quantile(0.05, models::QuantileOf::population) <= truth[k] &&
                     truth[k] <= models::SortedSample(values, weights).quantile(0.95, models::QuantileOf::population));
  }
  return inside;
}

/// Of each parameter in how many of the first trials its truth lay inside.
std::vector<int> counts(const SyntheticModel& model, std::uint64_t trials) {
  std::vector<int> count(model.dimensions);
  for (std::uint64_t trial = 1; trial <= trials; ++trial) {
    const auto inside = covered(model, trial);
    for (std::size_t k = 0; k < inside.size(); ++k) count[k] += inside[k] ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("a synthetic truth lies inside the central 90 % of its ensemble in 90 % of 100 trials" *
          doctest::test_suite("heavy")) {
  // A count of 100 trials has a standard deviation of 3, so that 5 are asked of the mean over a model's parameters; of
  // each parameter the slow test asks them, with more trials.
  for (const SyntheticModel& model : models_of_truth) {
    const std::vector<int> count = counts(model, 100);
    const double mean = std::reduce(count.begin(), count.end()) / static_cast<double>(model.dimensions);
    MESSAGE(fmt::format("{}: {} of 100", model.name, fmt::join(count, ", ")));
    CHECK(std::abs(mean - 90.0) <= 5.0);
  }
}

TEST_CASE("each parameter's truth lies inside in 85 to 95 % of trials as sure as 99 %" * doctest::test_suite("slow")) {
  // The exact interval of a binomial share (Clopper & Pearson 1934).
  using Binomial = boost::math::binomial_distribution<double>;
  constexpr int trials = 1000;
  constexpr double each_tail = 0.005;
  for (const SyntheticModel& model : models_of_truth) {
    const std::vector<int> count = counts(model, trials);
    for (std::size_t k = 0; k < count.size(); ++k) {
      const double low = Binomial::find_lower_bound_on_p(trials, count[k], each_tail);
      const double high = Binomial::find_upper_bound_on_p(trials, count[k], each_tail);
      MESSAGE(fmt::format("{}, parameter {}: {} of {}, a share from {:.1f} to {:.1f} %", model.name, k + 1, count[k],
                          trials, 100.0 * low, 100.0 * high));
      CHECK(low > 0.85);
      CHECK(high < 0.95);
    }
  }
}

}  // namespace chokepoint::analysis
