#include "analysis/training/contrasts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace chokepoint::analysis {
namespace {

struct Pair {
  const char* what;
  const char* changed;
  const char* base;
};

constexpr auto listed = std::to_array<Pair>({
    {"full over selective recompute, 22B", "T0024", "T0025"},
    {"full over selective recompute, 175B", "T0026", "T0027"},
    {"full over selective recompute, 530B", "T0028", "T0029"},
    {"full over selective recompute, 1T", "T0030", "T0031"},
    {"tensor 8 over 4, 12 stages, micro-batch 2", "T0355", "T0362"},
    {"tensor 8 over 4, 12 stages, micro-batch 4", "T0353", "T0361"},
    {"tensor 4 over 2, 12 stages", "T0362", "T0366"},
    {"24 over 12 stages, tensor 2", "T0368", "T0366"},
    {"12 over 2 stages, tensor 8", "T0355", "T0360"},
    {"micro-batch 1 over 4", "T0310", "T0312"},
    {"micro-batch 8 over 4", "T0313", "T0312"},
    {"tensor 8 over 1, weak, V100", "T0035", "T0032"},
    {"tensor 8 over 1, weak, A100", "T0039", "T0036"},
    {"data 128 over 1, 8.7B", "T0043", "T0039"},
    {"data 128 over 1, 1.2B", "T0040", "T0036"},
});

const PredictedStep* find(const GroupScore& score, std::string_view id) {
  const auto found = std::ranges::find(score.steps, id, [](const PredictedStep& step) { return step.measured->id; });
  return found == score.steps.end() ? nullptr : &*found;
}

Contrast contrast(std::string what, const PredictedStep& changed, const PredictedStep& base) {
  return {.what = std::move(what),
          .measured = changed.measured->measured_s / base.measured->measured_s,
          .predicted = changed.predicted_s / base.predicted_s};
}

bool alike(const models::TrainingSetup& a, const models::TrainingSetup& b) {
  const auto& one = a.task;
  const auto& other = b.task;
  return one.model.layers == other.model.layers && one.model.hidden == other.model.hidden &&
         one.sequence == other.sequence && one.global_batch == other.global_batch &&
         a.plan.micro_batch == b.plan.micro_batch && a.plan.recompute == b.plan.recompute &&
         a.plan.sharding == b.plan.sharding && a.plan.gpus() == b.plan.gpus() &&
         a.framework.gradient_bytes == b.framework.gradient_bytes;
}

}  // namespace

double Contrast::error() const {
  return std::abs(std::log(predicted / measured));
}

Contrasts contrasts(const GroupScore& core) {
  Contrasts result;
  double sum = 0.0;
  for (const Pair& pair : listed) {
    const PredictedStep* changed = find(core, pair.changed);
    const PredictedStep* base = find(core, pair.base);
    if (changed == nullptr || base == nullptr) continue;
    result.pairs.push_back(contrast(pair.what, *changed, *base));
    sum += result.pairs.back().error();
  }
  double pairs = 0.0, errors = 0.0, measured = 0.0, predicted = 0.0;
  for (const PredictedStep& h100 : core.steps) {
    if (h100.measured->accelerator != "h100-80gb-sxm5") continue;
    for (const PredictedStep& a100 : core.steps) {
      if (a100.measured->accelerator != "a100-80gb-sxm4" || !alike(h100.setup, a100.setup)) continue;
      const Contrast pair = contrast({}, a100, h100);
      pairs += 1.0;
      errors += pair.error();
      measured += std::log(pair.measured);
      predicted += std::log(pair.predicted);
    }
  }
  if (pairs > 0.0) {
    result.pairs.push_back(
        {.what = "A100 over H100, pairs alike but for it: " + std::to_string(static_cast<int>(pairs)),
         .measured = std::exp(measured / pairs),
         .predicted = std::exp(predicted / pairs)});
    sum += errors / pairs;
  }
  if (!result.pairs.empty()) result.mean_error = sum / static_cast<double>(result.pairs.size());
  return result;
}

}  // namespace chokepoint::analysis
