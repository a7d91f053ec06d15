#include "sim/workload/synthetic_source.hpp"

#include <algorithm>
#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

/// Three centuries; a draw beyond would leave the calendar.
constexpr double longest_job_s = 1e10;

/// The place at which a share of the sum lies.
std::size_t drawn(const std::vector<double>& cumulative, double share) {
  return static_cast<std::size_t>(std::ranges::upper_bound(cumulative, share * cumulative.back()) - cumulative.begin());
}

}  // namespace

double SyntheticSetup::mean_gpu_seconds() const {
  double gpu_seconds = 0.0;
  double weights = 0.0;
  for (const Size& size : sizes) {
    const double sd = size.log_sd.value_or(log_sd);
    const double mean_duration_s = size.median_duration_s.value_or(median_duration_s) * std::exp(sd * sd / 2.0);
    gpu_seconds += size.weight * size.gpus * mean_duration_s;
    weights += size.weight;
  }
  return gpu_seconds / weights;
}

double SyntheticSetup::mean_gpus() const {
  double gpus = 0.0;
  double weights = 0.0;
  for (const Size& size : sizes) {
    gpus += size.weight * size.gpus;
    weights += size.weight;
  }
  return gpus / weights;
}

SyntheticSource::SyntheticSource(const SyntheticSetup& setup, const Place& place)
    : setup_(setup),
      marks_(place.marks),
      clock_(setup.profile, place.zone, place.start),
      arrivals_(place.seed, place.replicate, place.stream + "/arrivals"),
      durations_(place.seed, place.replicate, place.stream + "/durations"),
      sizes_(place.seed, place.replicate, place.stream + "/sizes"),
      users_(place.seed, place.replicate, place.stream + "/users") {
  models::expects(marks_.empty() || marks_.size() == setup_.users.size(), "each user has a mark");
  double sum = 0.0;
  for (const SyntheticSetup::Size& size : setup_.sizes) {
    cumulative_weight_.push_back(sum += size.weight);
    duration_.push_back({.log_median = std::log(size.median_duration_s.value_or(setup_.median_duration_s)),
                         .log_sd = size.log_sd.value_or(setup_.log_sd)});
  }
  double shares = 0.0;
  for (const SyntheticSetup::User& user : setup_.users) cumulative_share_.push_back(shares += user.share);
}

bool SyntheticSource::next(Job& job) {
  if (made_ == setup_.jobs) return false;
  time_s_ = clock_.reach(time_s_, arrivals_.exponential(setup_.mean_interval_s));
  if (time_s_ > setup_.until_s || time_s_ == std::numeric_limits<double>::infinity()) return false;
  const std::size_t size = drawn(cumulative_weight_, sizes_.uniform());
  const Duration& duration = duration_[size];
  job = {.index = made_++,
         .submit_s = time_s_,
         .duration_s = std::min(durations_.log_normal(duration.log_median, duration.log_sd), longest_job_s),
         .gpus = setup_.sizes[size].gpus,
         .priority = setup_.sizes[size].priority};
  if (!marks_.empty()) {
    const OwnedSource::Mark& mark = marks_[drawn(cumulative_share_, users_.uniform())];
    job.owner = mark.owner;
    job.priority += mark.priority;
  }
  return true;
}

}  // namespace chokepoint::sim
