#pragma once

#include <cstdint>

#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

/// A standing demand for a number of GPUs from the start on, for as long as anybody looks: one job for each node that
/// it fills, and one for the rest, so that a site that is short of power can serve a part of it.
class ConstantSource final : public JobSource {
 public:
  ConstantSource(std::int64_t gpus, std::int32_t gpus_per_node, double duration_s)
      : gpus_left_(gpus), gpus_per_node_(gpus_per_node), duration_s_(duration_s) {}

  bool next(Job& job) override {
    if (gpus_left_ == 0) return false;
    const auto gpus = static_cast<std::int32_t>(gpus_left_ < gpus_per_node_ ? gpus_left_ : gpus_per_node_);
    gpus_left_ -= gpus;
    job = {.index = next_index_++, .duration_s = duration_s_, .gpus = gpus};
    return true;
  }

 private:
  std::int64_t gpus_left_;
  std::int32_t gpus_per_node_;
  double duration_s_;
  std::uint64_t next_index_ = 0;
};

}  // namespace chokepoint::sim
