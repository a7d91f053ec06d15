#include "models/training/layer_time.hpp"

#include <algorithm>

namespace chokepoint::models {
namespace {

/// What a layer's kernels take, alike in all layers of a step.
struct Rates {
  double products;
  double bf16_products;
  double memory;
  bool fp8;
};

Rates rates_of(const TrainingSetup& setup, const StepConstants& constants) {
  const TrainingHardware& hardware = setup.hardware;
  const bool fp8 = setup.task.precision == Precision::fp8 && hardware.fp8_matmul_flop_per_s.has_value();
  return {.products = constants.matmul * (fp8 ? *hardware.fp8_matmul_flop_per_s : hardware.matmul_flop_per_s),
          .bf16_products = hardware.matmul_flop_per_s,
          .memory = constants.memory * hardware.memory_bytes_per_s,
          .fp8 = fp8};
}

/// Grouped products of the experts that this GPU holds, forward: at the rate of products, or of memory where they have
/// too few tokens for their weights.
double experts_s(const TrainingSetup& setup, const Rates& rates, double expert) {
  const MixtureConstants mixture;
  const MixtureOfExperts& experts = *setup.task.model.experts;
  const double tokens = tokens_of_micro_batch(setup) / setup.plan.tensor * experts.active;
  const double held = static_cast<double>(experts.experts) / setup.plan.expert;
  const double rows = tokens / held;
  const double fill = rows / (rows + mixture.tile_waste);
  const double products_s = 2 * tokens * mixture.imbalance * expert / (mixture.grouped * fill * rates.products);
  return std::max(products_s, held * expert * (rates.fp8 ? 1 : 2) / rates.memory);
}

/// Weights that latent attention multiplies with to widen queries, keys and values.
double widening_matrices(const Transformer& model) {
  if (!model.latent) return 0.0;
  const LatentAttention& latent = *model.latent;
  return static_cast<double>(model.heads) *
         (latent.query_rank * static_cast<double>(model.width_of_keys()) +
          latent.key_value_rank * static_cast<double>(model.width_of_head() + latent.value_head_dim));
}

/// Units of a token that lie between the products of attention, and of the feed-forward layer.
struct Widths {
  double attention;
  double feed_forward;
  /// Of it, in experts that the token was sent to.
  double experts;
};

Widths widths_of(const Transformer& model, bool mixture) {
  Widths widths{.attention = static_cast<double>(model.hidden),
                .feed_forward = static_cast<double>(model.ffn_hidden),
                .experts = 0};
  if (model.latent || model.head_dim > 0)
    widths.attention = 0.5 * model.heads * (model.width_of_keys() + model.width_of_values());
  if (!mixture) return widths;
  const MixtureOfExperts& experts = *model.experts;
  widths.experts = MixtureConstants{}.imbalance * experts.active * experts.expert_ffn_hidden;
  widths.feed_forward = widths.experts + static_cast<double>(experts.shared) * experts.expert_ffn_hidden;
  return widths;
}

/// Bytes of a token through memory for casts of the operands of products to fp8, forward and backward: two readings of
/// 2 bytes, for the scale and for the cast, and a copy of 1 (torchao, float8 with dynamic scales by tensor).
struct CastBytes {
  double forward;
  double backward;
};

CastBytes cast_bytes(const TrainingSetup& setup, const Widths& widths) {
  const Transformer& model = setup.task.model;
  if (!setup.framework.casts_apart) return {0.0, 0.0};
  constexpr double bytes_of_unit = 5.0;
  const double h = model.hidden, t = setup.plan.tensor;
  const double queries = static_cast<double>(model.width_of_head()) * (model.heads + 2.0 * model.kv_heads);
  const double inputs = 2 * h + widths.attention + widths.feed_forward;
  const double gradients = 2 * h + queries + (model.gated ? 2.0 : 1.0) * widths.feed_forward;
  return {bytes_of_unit * inputs / t, bytes_of_unit * gradients / t};
}

}  // namespace

double tokens_of_micro_batch(const TrainingSetup& setup) {
  return static_cast<double>(setup.plan.micro_batch) * setup.task.sequence / setup.plan.context;
}

LayerTime layer_time(const TrainingSetup& setup, const StepConstants& constants, bool mixture) {
  const Transformer& model = setup.task.model;
  const ParallelPlan& plan = setup.plan;
  const Rates rates = rates_of(setup, constants);
  const LayerMatrices matrices = layer_matrices(model, mixture);
  const Widths widths = widths_of(model, mixture);
  const double t = plan.tensor, h = model.hidden, memory = rates.memory;
  const double tokens = tokens_of_micro_batch(setup);

  double linear_s = 2 * tokens * (matrices.attention + matrices.feed_forward) / t / rates.products;
  if (mixture) linear_s += experts_s(setup, rates, matrices.expert);

  const double scores = tokens * setup.task.sequence * model.heads / t;
  double core_s =
      2 * scores * (model.width_of_keys() + model.width_of_values()) / (constants.attention * rates.bf16_products);
  double core_back_s = 0.0;
  if (setup.framework.fused_attention) {
    core_s *= 0.5 / setup.framework.attention_kernel_rate;
    core_back_s = 2.5 * core_s;
  } else {
    if (model.width_of_head() % 8 != 0) core_s *= constants.misaligned;
    core_back_s = 2 * core_s + 12 * scores / memory;
    core_s += 8 * scores / memory;
  }

  // Bytes through memory of a token: norms, dropout and residuals; what lies between the products.
  const double whole = 22 * h / (plan.sequence_parallel ? t : 1.0);
  double bytes = whole + (16 * widths.attention + (model.gated ? 6.0 : 4.0) * widths.feed_forward) / t;
  if (!setup.framework.fused_elementwise) {
    bytes *= constants.eager;
    // Eager RMS norm and rotary embedding pass through fp32: 32 bytes a unit more than a fused norm, twice a layer; 20
    // a unit of queries and keys.
    if (model.gated) bytes += 2 * 32 * h + 20 * h * (1 + static_cast<double>(model.kv_heads) / model.heads);
  }
  // Copies for the experts, read and written once to sort them for sending and once for the products, and so back; the
  // last is summed as it is read.
  if (mixture) bytes += (14.0 * model.experts->active + 4.0) * h / t;
  const double bound_s = tokens * bytes / memory;

  const CastBytes casts = rates.fp8 ? cast_bytes(setup, widths) : CastBytes{0.0, 0.0};
  const double fixed_s = constants.layer_s + (mixture ? MixtureConstants{}.layer_s : 0.0);
  const double forward_s = linear_s + core_s + bound_s + tokens * casts.forward / memory + fixed_s;
  double again_s = 0.0;
  if (plan.recompute == Recompute::selective) {
    if (!setup.framework.fused_attention) again_s = core_s;
    again_s += 2 * tokens * widening_matrices(model) / t / rates.products;
    if (setup.framework.selective_products > 0.0)
      again_s += setup.framework.selective_products * linear_s + bound_s + constants.layer_s;
    if (mixture) again_s += 6 * tokens * widths.feed_forward / t / memory;
  }
  if (plan.recompute == Recompute::full) {
    again_s = forward_s;
    // Backward needs the inputs of the last product, not its output.
    if (setup.framework.recompute_stops_early) again_s -= 2 * tokens * h * widths.feed_forward / t / rates.products;
  }
  const double backward_s =
      2 * linear_s + core_back_s + 2 * bound_s + tokens * casts.backward / memory + 2 * fixed_s + again_s;
  return {forward_s, backward_s, again_s};
}

}  // namespace chokepoint::models
