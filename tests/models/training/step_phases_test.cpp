#include "models/training/step_phases.hpp"

#include <doctest/doctest.h>

using namespace chokepoint::models;

TEST_CASE("a step computes in its products and its optimizer and communicates in all else") {
  const PhaseShares shares = phases_of_step({.total_s = 10.0,
                                             .compute_s = 6.0,
                                             .recompute_s = 1.5,
                                             .tensor_s = 1.0,
                                             .pipeline_s = 0.5,
                                             .data_s = 0.5,
                                             .bubble_s = 0.75,
                                             .optimizer_s = 1.0,
                                             .scale_s = 0.25});
  CHECK(shares.computing == doctest::Approx(0.7));
  CHECK(shares.communicating == doctest::Approx(0.3));
  CHECK(shares.checkpointing == 0.0);
  CHECK(shares.idle == 0.0);
}
