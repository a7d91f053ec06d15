#pragma once

#include <vector>

namespace chokepoint::models {

/// One pass of one micro-batch through one chunk of the layers that a pipeline stage holds.
struct PipelinePass {
  bool forward = true;
  int micro_batch = 0;
  int chunk = 0;
};

/// Stages of a pipeline, micro-batches of a step and chunks a stage, each at least 1.
struct PipelineShape {
  int stages = 1;
  int micro_batches = 1;
  int chunks = 1;
};

/// The order in which `stage` (from 0) passes the micro-batches of a step: one forward, one backward after a warm-up
/// (1F1B), or its interleaved form where a stage holds several chunks (Narayanan et al. 2021, arXiv:2104.04473, section
/// 2.2, in Megatron-LM's order). Interleaving needs at least two stages and micro-batches that divide by the stages.
/// Leaves out times: each pass starts as soon as the stage is free and what it needs has come.
std::vector<PipelinePass> pipeline_schedule(const PipelineShape& shape, int stage);

}  // namespace chokepoint::models
