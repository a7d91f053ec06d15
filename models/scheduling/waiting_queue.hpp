#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <set>
#include <span>

#include "models/scheduling/job_size.hpp"

namespace chokepoint::models {

/// What a scheduler knows of a job that waits. `duration_s` is the time that its user announced or, where none did, the
/// time that it will run; `job` is the name by which the fleet knows it.
struct WaitingJob {
  std::uint32_t job = 0;
  std::int32_t gpus = 0;
  double submit_s = 0.0;
  double duration_s = 0.0;
  /// Higher goes first where the scheduler heeds it.
  std::int32_t priority = 0;
  /// Share of a GPU's power of computing that it adds to idleness.
  double intensity = 1.0;
  /// Whose job it is, where schedulers share among owners.
  std::uint32_t owner = 0;
  /// Where it may run on one of several sizes, all of them, the one that it wants most first: that is the one of
  /// `gpus`, `duration_s` and `intensity`. Empty where it has no choice; then it is of the first pool.
  std::span<const JobSize> sizes{};

  [[nodiscard]] std::size_t choices() const { return sizes.empty() ? 1 : sizes.size(); }
  [[nodiscard]] JobSize size(std::size_t choice) const {
    if (!sizes.empty()) return sizes[choice];
    return {.gpus = gpus, .duration_s = duration_s, .pool = 0, .intensity = intensity};
  }
};

/// Jobs that wait, in rising order of the scheduler's rank, those of one rank in the order of their submission.
/// insert and erase: O(log n); a job that belongs at the end, or leaves from the head, in constant time.
class WaitingQueue {
 public:
  struct Entry {
    double rank;
    std::uint64_t arrival;
    WaitingJob job;
  };

  struct Before {
    bool operator()(const Entry& a, const Entry& b) const {
      if (a.rank != b.rank) return a.rank < b.rank;
      // A job that was interrupted comes again, but in its old place.
      if (a.job.submit_s != b.job.submit_s) return a.job.submit_s < b.job.submit_s;
      return a.arrival < b.arrival;
    }
  };
  using Jobs = std::pmr::set<Entry, Before>;
  using Position = Jobs::const_iterator;

  Position insert(double rank, const WaitingJob& job) { return jobs_.insert(jobs_.end(), {rank, arrivals_++, job}); }
  [[nodiscard]] bool empty() const { return jobs_.empty(); }
  [[nodiscard]] std::size_t size() const { return jobs_.size(); }
  [[nodiscard]] Position begin() const { return jobs_.begin(); }
  [[nodiscard]] Position end() const { return jobs_.end(); }
  void erase(Position position) { jobs_.erase(position); }

 private:
  std::unique_ptr<std::pmr::unsynchronized_pool_resource> memory_ =
      std::make_unique<std::pmr::unsynchronized_pool_resource>();
  Jobs jobs_{memory_.get()};
  std::uint64_t arrivals_ = 0;
};

}  // namespace chokepoint::models
