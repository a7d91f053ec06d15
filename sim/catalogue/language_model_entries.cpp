#include "sim/catalogue/language_model_entries.hpp"

namespace chokepoint::sim {
namespace {

void visit_count(FieldVisitor& v, int& count, double least = 1.0) {
  std::int64_t value = count;
  v.integer(value, {.low = least, .high = 1e8});
  count = static_cast<int>(value);
}

void visit_experts(FieldVisitor& v, models::MixtureOfExperts& experts) {
  v.object("feed-forward layers of which each token uses a few", [&] {
    v.field("experts", "experts of a layer", required, [&] { visit_count(v, experts.experts); });
    v.field("active", "experts that a token uses", required, [&] { visit_count(v, experts.active); });
    v.field("shared", "experts that every token uses", optional, [&] { visit_count(v, experts.shared, 0.0); });
    v.field("expert_ffn_hidden", "width of one expert", required, [&] { visit_count(v, experts.expert_ffn_hidden); });
    v.field("dense_layers", "first layers without experts", optional,
            [&] { visit_count(v, experts.dense_layers, 0.0); });
    v.field("most_nodes", "nodes at most that a token is sent to; any number if left out", optional,
            [&] { visit_count(v, experts.most_nodes); });
  });
}

void visit_latent(FieldVisitor& v, models::LatentAttention& latent) {
  v.object("multi-head latent attention", [&] {
    v.field("query_rank", "rank of the queries", required, [&] { visit_count(v, latent.query_rank); });
    v.field("key_value_rank", "rank of keys and values", required, [&] { visit_count(v, latent.key_value_rank); });
    v.field("rope_head_dim", "width of a head's rotary part", required, [&] { visit_count(v, latent.rope_head_dim); });
    v.field("value_head_dim", "width of a head's values", required, [&] { visit_count(v, latent.value_head_dim); });
  });
}

}  // namespace

void visit(FieldVisitor& v, Entry<LanguageModel>& entry) {
  models::Transformer& shape = entry.value.shape;
  v.object("a transformer and how it was trained", [&] {
    visit_provenance(v, entry.provenance);
    v.field("layers", "number of layers", required, [&] { visit_count(v, shape.layers); });
    v.field("hidden", "width of a layer", required, [&] { visit_count(v, shape.hidden); });
    v.field("heads", "attention heads", required, [&] { visit_count(v, shape.heads); });
    shape.kv_heads = shape.heads;
    v.field("kv_heads", "groups of keys and values; as many as heads if left out", optional,
            [&] { visit_count(v, shape.kv_heads); });
    v.field("head_dim", "width of a head; hidden / heads if left out", optional,
            [&] { visit_count(v, shape.head_dim); });
    v.field("ffn_hidden", "width of the feed-forward layer", required, [&] { visit_count(v, shape.ffn_hidden); });
    v.field("gated", "a gate beside its two products (SwiGLU)", optional, [&] { v.flag(shape.gated); });
    v.field("vocabulary", "tokens it knows", required, [&] { visit_count(v, shape.vocabulary); });
    v.field("tied_embeddings", "one matrix for embedding and head", required, [&] { v.flag(shape.tied_embeddings); });
    v.field("sequence", "tokens of a training sequence", required, [&] { visit_count(v, shape.sequence); });
    v.field_if("tokens", "tokens it was trained on", entry.value.tokens,
               [&](double& tokens) { v.number(tokens, Range::positive()); });
    v.field_if("batch", "sequences of a step", entry.value.batch,
               [&](std::int64_t& batch) { v.integer(batch, {.low = 1.0, .high = 1e8}); });
    v.field_if("experts", "its mixture of experts", shape.experts,
               [&](models::MixtureOfExperts& experts) { visit_experts(v, experts); });
    v.field_if("latent_attention", "its latent attention", shape.latent,
               [&](models::LatentAttention& latent) { visit_latent(v, latent); });
  });
}

}  // namespace chokepoint::sim
