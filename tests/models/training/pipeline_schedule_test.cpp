#include "models/training/pipeline_schedule.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::models {
namespace {

constexpr double forward_time = 1.0;
constexpr double backward_time = 2.0;

/// The pass on another stage or chunk that must end first.
using Key = std::tuple<int, bool, int, int>;

std::optional<Key> needed(const PipelineShape& shape, int stage, const PipelinePass& pass) {
  const int step = pass.forward ? -1 : 1;
  const int edge = pass.forward ? 0 : shape.stages - 1;
  if (stage != edge) return Key{stage + step, pass.forward, pass.micro_batch, pass.chunk};
  if (pass.chunk != (pass.forward ? 0 : shape.chunks - 1))
    return Key{shape.stages - 1 - edge, pass.forward, pass.micro_batch, pass.chunk + step};
  if (pass.forward) return std::nullopt;
  return Key{stage, true, pass.micro_batch, pass.chunk};
}

/// When the last pass ends, or none if the stages wait for each other for ever.
std::optional<double> length(const PipelineShape& shape) {
  std::vector<std::vector<PipelinePass>> schedules;
  for (int stage = 0; stage < shape.stages; ++stage) schedules.push_back(pipeline_schedule(shape, stage));
  std::map<Key, double> ends;
  std::vector<std::size_t> next(schedules.size(), 0);
  std::vector<double> free(schedules.size(), 0.0);
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t stage = 0; stage < schedules.size(); ++stage) {
      while (next[stage] < schedules[stage].size()) {
        const PipelinePass pass = schedules[stage][next[stage]];
        const auto need = needed(shape, static_cast<int>(stage), pass);
        if (need && !ends.contains(*need)) break;
        const double start = std::max(free[stage], need ? ends.at(*need) : 0.0);
        free[stage] = start + (pass.forward ? forward_time : backward_time);
        ends[{static_cast<int>(stage), pass.forward, pass.micro_batch, pass.chunk}] = free[stage];
        ++next[stage];
        moved = true;
      }
    }
  }
  const auto passes = static_cast<std::size_t>(2 * shape.stages * shape.micro_batches * shape.chunks);
  if (ends.size() != passes) return std::nullopt;
  return *std::ranges::max_element(free);
}

TEST_CASE("the bubble of a pipeline is stages less one over chunks times micro-batches") {
  constexpr std::array<PipelineShape, 8> shapes{
      {{1, 5, 1}, {2, 2, 1}, {4, 7, 1}, {8, 3, 1}, {2, 4, 2}, {4, 8, 2}, {8, 16, 3}, {4, 4, 3}}};
  for (const PipelineShape& shape : shapes) {
    CAPTURE(shape.stages);
    CAPTURE(shape.micro_batches);
    CAPTURE(shape.chunks);
    const auto end = length(shape);
    REQUIRE(end);
    const double busy = shape.micro_batches * shape.chunks * (forward_time + backward_time);
    const double bubble = (shape.stages - 1.0) / (shape.chunks * shape.micro_batches);
    CHECK(*end / busy - 1.0 == doctest::Approx(bubble).epsilon(1e-12));
  }
}

TEST_CASE("the last stage of a plain pipeline turns from forward to backward at once") {
  const auto passes = pipeline_schedule({4, 2, 1}, 3);
  REQUIRE(passes.size() == 4);
  CHECK(passes[0].forward);
  CHECK_FALSE(passes[1].forward);
  CHECK(passes[1].micro_batch == 0);
}

TEST_CASE("an interleaved stage passes Megatron's number of forwards before its first backward") {
  // Megatron-LM: 2 (p - 1 - stage) + (v - 1) p to warm up, and one forward of the first pair.
  constexpr std::array<std::ptrdiff_t, 4> forwards{11, 9, 7, 5};
  for (int stage = 0; stage < 4; ++stage) {
    const auto passes = pipeline_schedule({4, 8, 2}, stage);
    const auto first = std::ranges::find(passes, false, &PipelinePass::forward);
    CHECK(first - passes.begin() == forwards.at(static_cast<std::size_t>(stage)));
  }
}

}  // namespace
}  // namespace chokepoint::models
