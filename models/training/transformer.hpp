#pragma once

#include <cstdint>
#include <optional>
#include <string>

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
};

/// Multi-head latent attention (DeepSeek-V2, arXiv:2405.04434): queries, keys and values by way of narrow projections.
struct LatentAttention {
  int query_rank = 0;
  int key_value_rank = 0;
  int rope_head_dim = 0;
  int value_head_dim = 0;
};

/// The shape of a decoder-only transformer. Counts of layers, heads and units; `head_dim` 0 means hidden / heads.
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
};

}  // namespace chokepoint::models
