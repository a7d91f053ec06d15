#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/training/parallel_plan.hpp"

namespace chokepoint::models {

/// Feed-forward layers of which each token uses a few: `active` of `experts`, and always the `shared` ones.
struct MixtureOfExperts {
  int experts = 0;
  int active = 0;
  int shared = 0;
  /// Width of one expert.
  int expert_ffn_hidden = 0;
  /// The first layers, whose feed-forward is dense and as wide as the transformer says.
  int dense_layers = 0;
  /// Nodes at most on which a token's experts stand, 0 for any number (DeepSeek-V3: 4).
  int most_nodes = 0;
};

/// Multi-head latent attention (DeepSeek-V2, arXiv:2405.04434): queries, keys and values by way of narrow projections.
struct LatentAttention {
  int query_rank = 0;
  int key_value_rank = 0;
  int rope_head_dim = 0;
  int value_head_dim = 0;
};

/// The shape of a decoder-only transformer. Counts of layers, heads and units; `head_dim` 0 means hidden / heads; with
/// latent attention it is the part of a head that carries no position.
/// Leaves out biases and norms beyond their share of parameters, encoders, and multi-token prediction.
struct Transformer {
  std::string name;
  int layers = 0;
  int hidden = 0;
  int heads = 0;
  /// Groups of keys and values: heads where each has its own, 1 for multi-query attention.
  int kv_heads = 0;
  int head_dim = 0;
  int ffn_hidden = 0;
  /// A gate beside the two products of the feed-forward layer (SwiGLU): three matrices in place of two.
  bool gated = false;
  int vocabulary = 0;
  /// One matrix for the embedding and the head.
  bool tied_embeddings = true;
  /// Tokens of a training sequence, unless a task says otherwise.
  int sequence = 2048;
  std::optional<MixtureOfExperts> experts{};
  std::optional<LatentAttention> latent{};

  [[nodiscard]] int width_of_head() const { return head_dim > 0 ? head_dim : hidden / heads; }
  /// Of the products of queries with keys, and of scores with values.
  [[nodiscard]] int width_of_keys() const { return width_of_head() + (latent ? latent->rope_head_dim : 0); }
  [[nodiscard]] int width_of_values() const { return latent ? latent->value_head_dim : width_of_head(); }
};

/// Numbers of parameters. `active` is what one token passes through, embedding included; `layer` is the mean over the
/// layers, `embedding` the input embedding with the head where it is a matrix of its own.
struct ParameterCount {
  double total = 0.0;
  double active = 0.0;
  double layer = 0.0;
  double embedding = 0.0;
};

/// Counts matrices, routers and norms; biases where the feed-forward is not gated, as in GPT. Leaves out learned
/// positions (0.3 % of a 1.7B model, less above). Expects a shape with positive counts.
[[nodiscard]] ParameterCount parameters(const Transformer& model);

/// Weights of the matrices of one layer: its linear products take 2 operations each a token. `feed_forward` is what
/// every token passes: the dense layer, or router and shared experts; `expert` is one expert, 0 in a dense layer.
struct LayerMatrices {
  double attention = 0.0;
  double feed_forward = 0.0;
  double expert = 0.0;
};
/// Of a layer with a mixture of experts or of a dense one. Expects experts for the former.
[[nodiscard]] LayerMatrices layer_matrices(const Transformer& model, bool mixture);

/// Layers with a mixture of experts: all but the first dense ones.
[[nodiscard]] int mixture_layers(const Transformer& model);

/// How the products of attention count: over the whole sequence (Narayanan et al., arXiv:2104.04473: 12 L h s a token)
/// or over the half that a causal mask leaves.
enum class AttentionCount { full, causal_half };

/// Floating-point operations a token needs, forward and backward, that MFU counts: 6 an active parameter of the layers
/// and the head, and those of attention.
[[nodiscard]] double model_flops_per_token(const Transformer& model, int sequence, AttentionCount count);

/// The same with what is computed again, that HFU counts. The head is never computed again.
[[nodiscard]] double hardware_flops_per_token(const Transformer& model, int sequence, AttentionCount count,
                                              Recompute recompute);

}  // namespace chokepoint::models
