#include "sim/workload/synthetic_source.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::sim {
namespace {

/// Three centuries; a draw beyond would leave the calendar.
constexpr double longest_job_s = 1e10;

}  // namespace

double SyntheticSetup::offered_gpus() const {
  double gpus = 0.0;
  double weights = 0.0;
  for (const Size& size : sizes) {
    gpus += size.weight * size.gpus;
    weights += size.weight;
  }
  const double mean_duration_s = median_duration_s * std::exp(log_sd * log_sd / 2.0);
  return gpus / weights * mean_duration_s / mean_interval_s;
}

SyntheticSource::SyntheticSource(const SyntheticSetup& setup, std::uint64_t seed, std::uint32_t replicate,
                                 const std::string& name)
    : setup_(setup),
      arrivals_(seed, replicate, name + "/arrivals"),
      durations_(seed, replicate, name + "/durations"),
      sizes_(seed, replicate, name + "/sizes"),
      log_median_(std::log(setup.median_duration_s)) {
  double sum = 0.0;
  for (const SyntheticSetup::Size& size : setup_.sizes) cumulative_weight_.push_back(sum += size.weight);
}

bool SyntheticSource::next(Job& job) {
  if (made_ == setup_.jobs) return false;
  time_s_ += arrivals_.exponential(setup_.mean_interval_s);
  if (time_s_ > setup_.until_s) return false;
  const double drawn = sizes_.uniform() * cumulative_weight_.back();
  const auto size = std::ranges::upper_bound(cumulative_weight_, drawn) - cumulative_weight_.begin();
  job = {.index = made_++,
         .submit_s = time_s_,
         .duration_s = std::min(durations_.log_normal(log_median_, setup_.log_sd), longest_job_s),
         .gpus = setup_.sizes[static_cast<std::size_t>(size)].gpus};
  return true;
}

}  // namespace chokepoint::sim
