#include "models/training/expert_exchange.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace chokepoint::models;

namespace {

/// 1,024 tokens of 512 units in 2 bytes: copies of a MiB in all, for each expert that they use.
constexpr double copy = 1024 * 512 * 2.0;

TrainingSetup mixture(int experts, int active, int ranks) {
  TrainingSetup setup;
  setup.task.model = {.name = "mixture",
                      .layers = 4,
                      .hidden = 512,
                      .heads = 8,
                      .kv_heads = 8,
                      .ffn_hidden = 2048,
                      .gated = true,
                      .vocabulary = 1000,
                      .experts = MixtureOfExperts{.experts = experts, .active = active, .expert_ffn_hidden = 256}};
  setup.task.sequence = 1024;
  setup.task.global_batch = ranks;
  setup.hardware = {.matmul_flop_per_s = 700e12,
                    .peak_flop_per_s = 989e12,
                    .memory_bytes = 80e9,
                    .memory_bytes_per_s = 3350e9,
                    .link_bytes_per_s = 450e9,
                    .network_bytes_per_s = 50e9};
  setup.plan = {.data = ranks, .expert = ranks};
  return setup;
}

/// Of all ways in which `active` copies fall on `groups`, each as likely as another: groups met, on average.
double met_by_counting(int groups, int active) {
  const auto ways = static_cast<int>(std::pow(groups, active));
  double sum = 0.0;
  for (int way = 0; way < ways; ++way) {
    unsigned met = 0;
    for (int copy_at = 0, left = way; copy_at < active; ++copy_at, left /= groups) met |= 1U << (left % groups);
    for (; met > 0; met &= met - 1) sum += 1.0;
  }
  return sum / ways;
}

}  // namespace

TEST_CASE("all copies but those of its own experts leave a GPU") {
  // One node: 7 of 8 copies go by link.
  const ExpertExchange inside = expert_exchange(mixture(64, 2, 8));
  CHECK(inside.link_bytes == doctest::Approx(2 * copy * 7 / 8));
  CHECK(inside.network_bytes == 0.0);
  // Four nodes: 24 of 32 copies leave the node, 7 of 32 stay in it.
  const ExpertExchange across = expert_exchange(mixture(64, 2, 32));
  CHECK(across.network_bytes == doctest::Approx(2 * copy * 24 / 32));
  CHECK(across.link_bytes == doctest::Approx(2 * copy * 7 / 32));
}

TEST_CASE("a token that is sent once a node crosses the network as often as counting says") {
  TrainingSetup setup = mixture(64, 6, 32);
  setup.framework.sends_token_once_a_node = true;
  CHECK(expert_exchange(setup).network_bytes == doctest::Approx(copy * met_by_counting(4, 6) * 3 / 4));
  setup.task.model.experts->most_nodes = 2;
  CHECK(expert_exchange(setup).network_bytes == doctest::Approx(copy * 2 * 3 / 4));
}

TEST_CASE("experts that all stand on one rank send nothing") {
  CHECK(expert_exchange(mixture(64, 2, 1)).link_bytes == 0.0);
  CHECK(step_time(mixture(64, 2, 1)).expert_s == 0.0);
}

TEST_CASE("traffic of experts takes its bytes over the slower of link and network") {
  const TrainingSetup setup = mixture(64, 2, 32);
  StepConstants constants;
  constants.link = constants.network = 1.0;
  // Four layers, dispatch and combine, forward and backward.
  const double bytes = 4 * 4 * 2 * copy * 24 / 32;
  CHECK(step_time(setup, constants).expert_s == doctest::Approx(bytes / 50e9));
}
