#include "models/training/transformer.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

double attention_matrices(const Transformer& model) {
  const double h = model.hidden, heads = model.heads, width = model.width_of_head();
  if (!model.latent) return 2 * h * width * (model.heads + model.kv_heads);
  const LatentAttention& latent = *model.latent;
  const double query = heads * (width + latent.rope_head_dim);
  const double queries = latent.query_rank > 0 ? latent.query_rank * (h + query) : h * query;
  const double keys_values = h * (latent.key_value_rank + latent.rope_head_dim) +
                             latent.key_value_rank * heads * (width + latent.value_head_dim);
  return queries + keys_values + heads * latent.value_head_dim * h;
}

struct FeedForward {
  double held;
  double used;
};

/// Matrices of the feed-forward over all layers.
FeedForward feed_forward_matrices(const Transformer& model) {
  const double mixtures = mixture_layers(model);
  const double dense = model.layers > mixtures ? layer_matrices(model, false).feed_forward : 0.0;
  FeedForward all{(model.layers - mixtures) * dense, (model.layers - mixtures) * dense};
  if (!model.experts) return all;
  const LayerMatrices mixture = layer_matrices(model, true);
  all.held += mixtures * (mixture.feed_forward + model.experts->experts * mixture.expert);
  all.used += mixtures * (mixture.feed_forward + model.experts->active * mixture.expert);
  return all;
}

/// Operations of the products of queries with keys and of scores with values, forward, a token, all layers.
double attention_core_flops(const Transformer& model, int sequence, AttentionCount count) {
  const double widths = model.width_of_keys() + model.width_of_values();
  const double full = 2.0 * model.layers * sequence * model.heads * widths;
  return count == AttentionCount::full ? full : full / 2;
}

double forward_flops_of_layers(const Transformer& model, int sequence, AttentionCount count) {
  const double matrices = model.layers * attention_matrices(model) + feed_forward_matrices(model).used;
  return 2 * matrices + attention_core_flops(model, sequence, count);
}

}  // namespace

LayerMatrices layer_matrices(const Transformer& model, bool mixture) {
  expects(!mixture || model.experts, "layer_matrices: a mixture has experts");
  const double matrix = (model.gated ? 3.0 : 2.0) * model.hidden;
  LayerMatrices matrices{.attention = attention_matrices(model), .feed_forward = matrix * model.ffn_hidden};
  if (!mixture) return matrices;
  matrices.expert = matrix * model.experts->expert_ffn_hidden;
  const double router = static_cast<double>(model.hidden) * model.experts->experts;
  matrices.feed_forward = router + model.experts->shared * matrices.expert;
  return matrices;
}

int mixture_layers(const Transformer& model) {
  return model.experts ? model.layers - std::min(model.layers, model.experts->dense_layers) : 0;
}

ParameterCount parameters(const Transformer& model) {
  expects(model.layers > 0 && model.hidden > 0 && model.heads > 0 && model.kv_heads > 0 && model.vocabulary > 0,
          "parameters: a shape with positive counts");
  const double h = model.hidden;
  const double vectors =
      model.gated ? 2 * h : 6 * h + model.width_of_head() * (model.heads + 2.0 * model.kv_heads) + model.ffn_hidden;
  const FeedForward feed_forward = feed_forward_matrices(model);
  const double beside_experts = model.layers * (attention_matrices(model) + vectors);

  ParameterCount count;
  count.embedding = (model.tied_embeddings ? 1.0 : 2.0) * model.vocabulary * h;
  const double final_norm = model.gated ? h : 2 * h;
  count.layer = (beside_experts + feed_forward.held) / model.layers;
  count.total = beside_experts + feed_forward.held + count.embedding + final_norm;
  count.active = beside_experts + feed_forward.used + count.embedding + final_norm;
  return count;
}

double model_flops_per_token(const Transformer& model, int sequence, AttentionCount count) {
  const double head = 2.0 * model.vocabulary * model.hidden;
  return 3 * (forward_flops_of_layers(model, sequence, count) + head);
}

double hardware_flops_per_token(const Transformer& model, int sequence, AttentionCount count, Recompute recompute) {
  double again = 0.0;
  if (recompute == Recompute::full) again = forward_flops_of_layers(model, sequence, count);
  if (recompute == Recompute::selective) again = attention_core_flops(model, sequence, count);
  return model_flops_per_token(model, sequence, count) + again;
}

}  // namespace chokepoint::models
