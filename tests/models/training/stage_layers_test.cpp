#include "models/training/stage_layers.hpp"

#include <doctest/doctest.h>

using namespace chokepoint::models;

namespace {

Transformer mixture(int layers, int dense_layers) {
  return {.name = "mixture",
          .layers = layers,
          .hidden = 512,
          .heads = 8,
          .kv_heads = 8,
          .ffn_hidden = 2048,
          .gated = true,
          .vocabulary = 1000,
          .experts = MixtureOfExperts{
              .experts = 64, .active = 2, .shared = 1, .expert_ffn_hidden = 256, .dense_layers = dense_layers}};
}

}  // namespace

TEST_CASE("stages hold all layers once whatever divides them") {
  for (const int pipeline : {1, 2, 3, 4, 7, 16}) {
    for (const int interleave : {1, 2, 4}) {
      int dense = 0, mixed = 0;
      for (const StageLayers& stage :
           layers_of_stages(mixture(61, 3), {.pipeline = pipeline, .interleave = interleave})) {
        dense += stage.dense;
        mixed += stage.mixture;
      }
      CHECK(dense == 3);
      CHECK(mixed == 58);
    }
  }
}

TEST_CASE("ranks of tensor and experts together hold every parameter of a model once") {
  const Transformer model = mixture(16, 0);
  const LayerMatrices layer = layer_matrices(model, true);
  const HeldParameters held = held_parameters(model, {.tensor = 4, .data = 8, .expert = 16});
  CHECK(held.experts * 16 == doctest::Approx(16 * 64 * layer.expert));
  CHECK(held.everywhere * 4 == doctest::Approx(16 * (layer.attention + layer.feed_forward) + 1000.0 * 512));
  CHECK(expert_copies({.tensor = 4, .data = 8, .expert = 16}) == 2);
}

TEST_CASE("a layer that passes through its experts has the matrices that its parameters count") {
  const Transformer model = mixture(16, 0);
  const LayerMatrices layer = layer_matrices(model, true);
  const double vectors = 16 * 2.0 * 512 + 512, embedding = 1000.0 * 512;
  CHECK(parameters(model).active ==
        doctest::Approx(16 * (layer.attention + layer.feed_forward + 2 * layer.expert) + vectors + embedding));
}
