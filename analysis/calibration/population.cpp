#include "analysis/calibration/population.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <boost/math/special_functions/erf.hpp>
#include <fmt/format.h>

#include "analysis/calibration/resampling.hpp"
#include "models/contract/expects.hpp"
#include "models/statistics/sorted_sample.hpp"
#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {
namespace {

using Scores = Eigen::VectorXd;

constexpr double share_of_prior = 0.1;
constexpr std::size_t most_kernels = 100;

double score_of(double coordinate) {
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * coordinate);
}

double coordinate_of(double score) {
  return std::clamp(0.5 * std::erfc(-score / std::numbers::sqrt2), std::numeric_limits<double>::min(), 1.0 - 0x1p-53);
}

Scores scores_of(const std::vector<double>& place) {
  Scores scores(static_cast<Eigen::Index>(place.size()));
  for (Eigen::Index i = 0; i < scores.size(); ++i) scores[i] = score_of(place[static_cast<std::size_t>(i)]);
  return scores;
}

std::vector<std::vector<double>> latin_hypercube(std::size_t count, std::size_t dimensions, sim::RandomStream& draws) {
  std::vector<std::vector<double>> places(count, std::vector<double>(dimensions));
  std::vector<std::size_t> order(count);
  for (std::size_t k = 0; k < dimensions; ++k) {
    for (std::size_t i = 0; i < count; ++i) order[i] = i;
    for (std::size_t i = count; i-- > 1;)
      std::swap(order[i], order[static_cast<std::size_t>(draws.uniform() * static_cast<double>(i + 1))]);
    for (std::size_t i = 0; i < count; ++i)
      places[i][k] = (static_cast<double>(order[i]) + draws.uniform()) / static_cast<double>(count);
  }
  return places;
}

/// A wave's distribution in normal scores: kernels around centres, and the prior.
class Proposal {
 public:
  Proposal(const std::vector<Scores>& scores, std::span<const double> weights, std::size_t kernels,
           sim::RandomStream& draws) {
    const Eigen::Index dimensions = scores.front().size();
    Scores mean = Scores::Zero(dimensions);
    for (std::size_t i = 0; i < scores.size(); ++i) mean += weights[i] * scores[i];
    Eigen::MatrixXd covariance = Eigen::MatrixXd::Identity(dimensions, dimensions) * 1e-10;
    for (std::size_t i = 0; i < scores.size(); ++i)
      if (weights[i] > 0.0) covariance += weights[i] * (scores[i] - mean) * (scores[i] - mean).transpose();
    // Silverman's rule (1986, equation 4.14) for the weight of as many draws as the sample is worth.
    const auto d = static_cast<double>(dimensions);
    const double width = std::pow(4.0 / ((d + 2.0) * effective_sets(weights)), 1.0 / (d + 4.0));
    factor_ = Eigen::MatrixXd(covariance.llt().matrixL()) * width;
    log_scale_ = factor_.diagonal().array().log().sum();
    const auto drawn = systematic_draws(weights, std::min(kernels, most_kernels), draws.uniform());
    centres_.resize(dimensions, static_cast<Eigen::Index>(drawn.size()));
    for (std::size_t i = 0; i < drawn.size(); ++i) centres_.col(static_cast<Eigen::Index>(i)) = scores[drawn[i]];
    whitened_ = factor_.triangularView<Eigen::Lower>().solve(centres_);
  }

  [[nodiscard]] std::vector<double> draw(bool from_prior, std::size_t kernel, sim::RandomStream& draws) const {
    Scores scores(factor_.rows());
    for (double& score : scores) score = draws.normal();
    if (!from_prior) scores = centres_.col(static_cast<Eigen::Index>(kernel) % centres_.cols()) + factor_ * scores;
    std::vector<double> place;
    for (const double score : scores) place.push_back(coordinate_of(score));
    return place;
  }

  /// Density over that of the prior.
  [[nodiscard]] double ratio(const Scores& scores) const {
    const Scores white = factor_.triangularView<Eigen::Lower>().solve(scores);
    const double base = 0.5 * scores.squaredNorm() - log_scale_;
    double sum = 0.0;
    for (Eigen::Index i = 0; i < whitened_.cols(); ++i)
      sum += std::exp(base - 0.5 * (white - whitened_.col(i)).squaredNorm());
    return share_of_prior + (1.0 - share_of_prior) * sum / static_cast<double>(whitened_.cols());
  }

 private:
  Eigen::MatrixXd factor_;
  double log_scale_ = 0.0;
  Eigen::MatrixXd centres_;
  Eigen::MatrixXd whitened_;
};

/// The greatest power of the likelihood, up to 1, under which the sample is worth `effective`; 0 if there is none.
double bearable_power(const Population& population, double effective) {
  const auto worth = [&](double power) { return effective_sets(population.weights(population.deviances, power)); };
  if (worth(1.0) >= effective) return 1.0;
  double low = 1.0, high = 1.0;
  while (worth(low) < effective) {
    high = low;
    low /= 4.0;
    if (low < 1e-30) return 0.0;
  }
  while (high / low > 1.05) {
    const double middle = std::sqrt(low * high);
    (worth(middle) >= effective ? low : high) = middle;
  }
  return low;
}

/// Waves, and what each place's density under all of them is.
class Sampler {
 public:
  Sampler(const PopulationPlan& plan, const Deviances& deviances) : plan_(plan), deviances_(deviances) {}

  Population sample() {
    sim::RandomStream draws = stream();
    add(latin_hypercube(plan_.wave, plan_.dimensions, draws));
    for (;;) {
      const double power = bearable_power(population_, static_cast<double>(plan_.wave) / 4.0);
      const auto weights = population_.weights(population_.deviances, power);
      population_.settled = power == 1.0 && effective_sets(weights) >= plan_.effective;
      const bool hopeless = std::ranges::max(weights) == 0.0;  // no place has a likelihood
      if (population_.settled || hopeless || population_.waves >= plan_.most_waves) return std::move(population_);
      next_wave(weights);
    }
  }

 private:
  [[nodiscard]] sim::RandomStream stream() const {
    return {plan_.seed, 0, fmt::format("calibration/wave/{}", population_.waves)};
  }

  void next_wave(std::span<const double> weights) {
    sim::RandomStream draws = stream();
    proposals_.emplace_back(scores_, weights, plan_.wave, draws);
    for (std::size_t i = 0; i < scores_.size(); ++i) ratios_[i] += proposals_.back().ratio(scores_[i]);
    const auto from_prior = static_cast<std::size_t>(std::ceil(share_of_prior * static_cast<double>(plan_.wave)));
    std::vector<std::vector<double>> places;
    for (std::size_t i = 0; i < plan_.wave; ++i) places.push_back(proposals_.back().draw(i < from_prior, i, draws));
    add(std::move(places));
  }

  void add(std::vector<std::vector<double>> places) {
    const auto found = deviances_(places);
    models::ensures(found.size() == places.size(), "a deviance a place");
    population_.deviances.insert(population_.deviances.end(), found.begin(), found.end());
    for (std::vector<double>& place : places) {
      scores_.push_back(scores_of(place));
      double ratio = 1.0;  // of the first wave, which is the prior
      for (const Proposal& proposal : proposals_) ratio += proposal.ratio(scores_.back());
      ratios_.push_back(ratio);
      population_.places.push_back(std::move(place));
    }
    ++population_.waves;
    population_.log_importance.clear();
    for (const double ratio : ratios_)
      population_.log_importance.push_back(-std::log(ratio / static_cast<double>(population_.waves)));
  }

  const PopulationPlan& plan_;
  const Deviances& deviances_;
  Population population_;
  std::vector<Proposal> proposals_;
  std::vector<Scores> scores_;
  std::vector<double> ratios_;  // sum over waves of their densities over the prior's
};

}  // namespace

std::vector<double> Population::weights(std::span<const double> under, double power) const {
  models::expects(under.size() == log_importance.size(), "a deviance a place");
  std::vector<double> weights(under.size());
  double most = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < under.size(); ++i) {
    weights[i] =
        std::isfinite(under[i]) ? log_importance[i] - power * under[i] / 2.0 : -std::numeric_limits<double>::infinity();
    most = std::max(most, weights[i]);
  }
  double sum = 0.0;
  for (double& weight : weights) sum += weight = std::isfinite(weight) ? std::exp(weight - most) : 0.0;
  if (sum > 0.0)
    for (double& weight : weights) weight /= sum;
  return weights;
}

double effective_sets(std::span<const double> weights) {
  return models::effective_count(weights);
}

Population sample_population(const PopulationPlan& plan, const Deviances& deviances) {
  models::expects(plan.dimensions > 0 && plan.wave > 1 && plan.most_waves > 0, "a plan of waves");
  return Sampler(plan, deviances).sample();
}

}  // namespace chokepoint::analysis
