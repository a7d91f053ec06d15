#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "sim/fleet/job_observer.hpp"
#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

/// The jobs of a list, in order of submission.
class JobList final : public JobSource {
 public:
  explicit JobList(std::vector<Job> jobs) : jobs_(std::move(jobs)) {
    std::ranges::stable_sort(jobs_, {}, &Job::submit_s);
  }
  bool next(Job& job) override {
    if (at_ == jobs_.size()) return false;
    job = jobs_[at_++];
    return true;
  }

 private:
  std::vector<Job> jobs_;
  std::size_t at_ = 0;
};

/// Keeps what became of every job.
class Outcomes final : public JobObserver {
 public:
  void job_left(const JobOutcome& outcome, JobState state) override {
    jobs.push_back(outcome);
    if (state == JobState::finished) ++finished;
  }
  std::vector<JobOutcome> jobs;
  std::size_t finished = 0;
};

struct RandomJobs {
  std::size_t jobs = 100;
  std::int32_t most_gpus = 8;
  std::uint32_t tenants = 1;
  double span_s = 2000.0;
  double longest_s = 500.0;
  bool whole_seconds = false;
};

inline std::vector<Job> random_jobs(std::mt19937_64& chance, const RandomJobs& setup) {
  const auto uniform = [&](double high) {
    const double drawn = high * static_cast<double>(chance() >> 11) * 0x1.0p-53;
    return setup.whole_seconds ? std::floor(drawn) : drawn;
  };
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < setup.jobs; ++i)
    jobs.push_back({.index = i,
                    .submit_s = uniform(setup.span_s),
                    .duration_s = uniform(setup.longest_s),
                    .gpus = static_cast<std::int32_t>(1 + chance() % static_cast<std::uint64_t>(setup.most_gpus)),
                    .tenant = static_cast<std::uint32_t>(chance() % setup.tenants)});
  return jobs;
}

}  // namespace chokepoint::sim
