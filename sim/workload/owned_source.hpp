#pragma once

#include <memory>
#include <utility>

#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

/// The jobs of a source that names no owners: all one owner's, and as much higher in priority.
class OwnedSource final : public JobSource {
 public:
  struct Mark {
    std::uint32_t owner = 0;
    std::int32_t priority = 0;
  };
  OwnedSource(std::unique_ptr<JobSource> source, Mark mark) : source_(std::move(source)), mark_(mark) {}
  bool next(Job& job) override {
    if (!source_->next(job)) return false;
    job.owner = mark_.owner;
    job.priority += mark_.priority;
    return true;
  }

 private:
  std::unique_ptr<JobSource> source_;
  Mark mark_;
};

}  // namespace chokepoint::sim
