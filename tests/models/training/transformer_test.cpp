#include "models/training/transformer.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace chokepoint::models;

namespace {

Transformer gpt(int layers, int hidden, int heads, int vocabulary) {
  return {.name = "gpt",
          .layers = layers,
          .hidden = hidden,
          .heads = heads,
          .kv_heads = heads,
          .ffn_hidden = 4 * hidden,
          .vocabulary = vocabulary};
}

Transformer llama(int layers, int hidden, int heads, int kv_heads, int ffn_hidden, int vocabulary) {
  return {.name = "llama",
          .layers = layers,
          .hidden = hidden,
          .heads = heads,
          .kv_heads = kv_heads,
          .ffn_hidden = ffn_hidden,
          .gated = true,
          .vocabulary = vocabulary,
          .tied_embeddings = false};
}

Transformer mixtral_8x7b() {
  Transformer model = llama(32, 4096, 32, 8, 14336, 32000);
  model.experts = MixtureOfExperts{.experts = 8, .active = 2, .expert_ffn_hidden = 14336};
  return model;
}

Transformer deepseek_v3() {
  Transformer model = llama(61, 7168, 128, 128, 18432, 129280);
  model.head_dim = 128;
  model.experts =
      MixtureOfExperts{.experts = 256, .active = 8, .shared = 1, .expert_ffn_hidden = 2048, .dense_layers = 3};
  model.latent = LatentAttention{.query_rank = 1536, .key_value_rank = 512, .rope_head_dim = 64, .value_head_dim = 128};
  return model;
}

}  // namespace

TEST_CASE("parameters are those that the authors of dense models publish") {
  struct Published {
    std::string name;
    Transformer model;
    double billions;
  };
  const std::vector<Published> models{
      {"GPT-3, arXiv:2005.14165 table 2.1", gpt(96, 12288, 96, 50257), 174.6},
      {"BLOOM, arXiv:2211.05100 table 3", gpt(70, 14336, 112, 250880), 176.247},
      {"LLaMA-2 7B, arXiv:2307.09288", llama(32, 4096, 32, 32, 11008, 32000), 6.738},
      {"LLaMA-2 70B, arXiv:2307.09288", llama(80, 8192, 64, 8, 28672, 32000), 68.977},
      {"Llama 3.1 405B, arXiv:2407.21783", llama(126, 16384, 128, 8, 53248, 128256), 405.85}};
  for (const Published& row : models) {
    CAPTURE(row.name);
    CHECK(parameters(row.model).total / 1e9 == doctest::Approx(row.billions).epsilon(0.002));
    CHECK(parameters(row.model).active == parameters(row.model).total);
  }
}

TEST_CASE("a mixture holds more parameters than a token passes through") {
  // arXiv:2401.04088: 46.7 and 12.9 billion; arXiv:2412.19437: 671 and 37 billion, published in whole billions and
  // here with both embeddings (1.9 billion).
  CHECK(parameters(mixtral_8x7b()).total / 1e9 == doctest::Approx(46.7).epsilon(0.002));
  CHECK(parameters(mixtral_8x7b()).active / 1e9 == doctest::Approx(12.9).epsilon(0.004));
  CHECK(parameters(deepseek_v3()).total / 1e9 == doctest::Approx(671.0).epsilon(0.002));
  CHECK(parameters(deepseek_v3()).active / 1e9 == doctest::Approx(37.0).epsilon(0.02));
  CHECK(mixture_layers(deepseek_v3()) == 58);
}

TEST_CASE("operations with full recomputation follow the formula of Narayanan et al.") {
  // arXiv:2104.04473 equation 3, a token: 96 l h^2 (1 + s / 6h + V / 16lh).
  for (const int hidden : {2304, 12288, 25600}) {
    const Transformer model = gpt(96, hidden, hidden / 128, 51200);
    const double l = 96, h = hidden, s = 2048, v = 51200;
    const double published = 96 * l * h * h * (1 + s / (6 * h) + v / (16 * l * h));
    CHECK(hardware_flops_per_token(model, 2048, AttentionCount::full, Recompute::full) ==
          doctest::Approx(published).epsilon(1e-12));
  }
}

TEST_CASE("GPT-3 needs 3.14e23 operations") {
  // arXiv:2005.14165 table D.1: 6 operations a parameter and token, attention left out; 300 billion tokens.
  const double flops = 300e9 * model_flops_per_token(gpt(96, 12288, 96, 50257), 2048, AttentionCount::causal_half);
  CHECK(flops == doctest::Approx(3.14e23).epsilon(0.02));
}

TEST_CASE("selective recomputation repeats a third of the operations of attention") {
  const Transformer model = gpt(96, 12288, 96, 51200);
  const double without = hardware_flops_per_token(model, 2048, AttentionCount::full, Recompute::none);
  const double selective = hardware_flops_per_token(model, 2048, AttentionCount::full, Recompute::selective);
  CHECK(without == model_flops_per_token(model, 2048, AttentionCount::full));
  CHECK(selective - without == doctest::Approx(4.0 * 96 * 12288 * 2048).epsilon(1e-9));
  CHECK(model_flops_per_token(model, 2048, AttentionCount::full) -
            model_flops_per_token(model, 2048, AttentionCount::causal_half) ==
        doctest::Approx(6.0 * 96 * 12288 * 2048).epsilon(1e-9));
}
