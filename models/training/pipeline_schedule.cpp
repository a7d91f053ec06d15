#include "models/training/pipeline_schedule.hpp"

#include <algorithm>
#include <cstddef>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

namespace {

/// The n-th forward or backward pass of a stage: a group of as many micro-batches as stages goes through each chunk in
/// turn, backward from the last chunk.
PipelinePass nth_pass(const PipelineShape& shape, int n, bool forward) {
  if (shape.chunks == 1) return {forward, n, 0};
  const int group = shape.stages * shape.chunks;
  const int chunk = n % group / shape.stages;
  return {forward, n / group * shape.stages + n % shape.stages, forward ? chunk : shape.chunks - 1 - chunk};
}

int warm_up_passes(const PipelineShape& shape, int stage) {
  const int behind = shape.stages - 1 - stage;
  const int passes = shape.chunks == 1 ? behind : 2 * behind + (shape.chunks - 1) * shape.stages;
  return std::min(passes, shape.micro_batches * shape.chunks);
}

}  // namespace

std::vector<PipelinePass> pipeline_schedule(const PipelineShape& shape, int stage) {
  expects(shape.stages >= 1 && shape.micro_batches >= 1 && shape.chunks >= 1, "a pipeline has stages, work and chunks");
  expects(stage >= 0 && stage < shape.stages, "the stage is one of the pipeline");
  expects(shape.chunks == 1 || (shape.stages > 1 && shape.micro_batches % shape.stages == 0),
          "interleaved micro-batches divide by two or more stages");
  const int total = shape.micro_batches * shape.chunks;
  const int warm_up = warm_up_passes(shape, stage);
  std::vector<PipelinePass> passes;
  passes.reserve(2 * static_cast<std::size_t>(total));
  for (int n = 0; n < warm_up; ++n) passes.push_back(nth_pass(shape, n, true));
  for (int n = 0; n < total; ++n) {
    if (warm_up + n < total) passes.push_back(nth_pass(shape, warm_up + n, true));
    passes.push_back(nth_pass(shape, n, false));
  }
  return passes;
}

}  // namespace chokepoint::models
