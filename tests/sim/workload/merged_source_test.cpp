#include "sim/workload/merged_source.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "sim/fleet/job_list.hpp"

namespace chokepoint::sim {
namespace {

std::vector<Job> all_of(JobSource& source) {
  std::vector<Job> jobs;
  for (Job job; source.next(job);) jobs.push_back(job);
  return jobs;
}

MergedSource merged(const std::vector<std::vector<Job>>& works) {
  std::vector<std::unique_ptr<JobSource>> sources;
  for (const std::vector<Job>& jobs : works) sources.push_back(std::make_unique<JobList>(jobs));
  return MergedSource(std::move(sources));
}

}  // namespace

TEST_CASE("merged jobs of one date come in the order of their works") {
  const std::vector<Job> first{{.index = 0, .submit_s = 1.0}, {.index = 1, .submit_s = 5.0}};
  const std::vector<Job> second{{.index = 0, .submit_s = 0.0}, {.index = 1, .submit_s = 1.0}};
  const std::vector<Job> third{{.index = 0, .submit_s = 1.0}};
  MergedSource source = merged({first, second, third});
  std::vector<std::uint64_t> indices;
  for (const Job& job : all_of(source)) indices.push_back(job.index);
  CHECK(indices == std::vector<std::uint64_t>{1, 0, 4, 2, 3});
}

TEST_CASE("merging loses no job and keeps order and gives each an index of its own") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    std::vector<std::vector<Job>> works(1 + seed % 5);
    std::size_t jobs = 0;
    for (auto& work : works) {
      work = random_jobs(chance, {.jobs = chance() % 40, .span_s = 30.0, .whole_seconds = true});
      jobs += work.size();
    }
    MergedSource source = merged(works);
    const std::vector<Job> got = all_of(source);
    REQUIRE(got.size() == jobs);
    CHECK(std::ranges::is_sorted(got, {}, &Job::submit_s));
    const MergedIndex indices{works.size()};
    std::set<std::uint64_t> seen;
    for (const Job& job : got) {
      CHECK(seen.insert(job.index).second);
      const Job& own = works[indices.work_of(job.index)][indices.own_of(job.index)];
      CHECK(own.index == indices.own_of(job.index));
      CHECK(own.submit_s == job.submit_s);
      CHECK(own.duration_s == job.duration_s);
    }
  }
}

}  // namespace chokepoint::sim
