#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

/// The index of a job among the jobs of all works of a fleet: unique, and the same whatever the other works bring.
struct MergedIndex {
  std::size_t works = 1;

  [[nodiscard]] std::uint64_t merge(std::size_t work, std::uint64_t own) const { return own * works + work; }
  [[nodiscard]] std::size_t work_of(std::uint64_t index) const { return static_cast<std::size_t>(index % works); }
  [[nodiscard]] std::uint64_t own_of(std::uint64_t index) const { return index / works; }
};

/// The jobs of several sources in order of submission, those of one date in the order of the sources; their indices
/// are those of MergedIndex. A job: O(log n) in the sources.
class MergedSource final : public JobSource {
 public:
  explicit MergedSource(std::vector<std::unique_ptr<JobSource>> sources);
  bool next(Job& job) override;

 private:
  struct Head {
    Job job;
    std::size_t source;
  };
  static bool after(const Head& a, const Head& b) {
    return a.job.submit_s > b.job.submit_s || (a.job.submit_s == b.job.submit_s && a.source > b.source);
  }
  void pull(std::size_t source);

  std::vector<std::unique_ptr<JobSource>> sources_;
  MergedIndex indices_;
  /// A heap, the earliest in front.
  std::vector<Head> heads_;
};

}  // namespace chokepoint::sim
