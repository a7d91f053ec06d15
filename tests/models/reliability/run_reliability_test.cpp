#include "models/reliability/run_reliability.hpp"

#include <doctest/doctest.h>

#include "models/contract/expects.hpp"
#include "models/reliability/effective_time.hpp"

using namespace chokepoint::models;

// arXiv:2407.21783: more than 90 % effective time on 16,384 H100, checkpoints of at most 4 GB a GPU. Nothing is fitted
// on either.
TEST_CASE("Llama 3 405B works for more than 90 percent of the time on 16384 GPUs") {
  const RunOutlook run = outlook({.parameters = 405e9, .gpus = 16384});
  CHECK(run.interruptions_per_s * 54 * 86400 == doctest::Approx(419));
  CHECK(run.node_bytes / 8 < 4e9);
  CHECK(run.effective_ratio > 0.90);
  CHECK(run.effective_ratio < 0.97);
}

TEST_CASE("a node that holds the measured state writes and restores it in the measured times") {
  // arXiv:2502.16631: 54 to 58 GB, 77 to 146 s and 39 to 145 s.
  const RunOutlook run = outlook({.parameters = 4e9, .gpus = 8});
  CHECK(run.node_bytes == 56e9);
  CHECK(run.write_s == doctest::Approx(111.5));
  CHECK(run.restart_s - 420 == doctest::Approx(92));
}

TEST_CASE("more nodes write a checkpoint faster") {
  CHECK(outlook({.parameters = 175e9, .gpus = 2048}).write_s ==
        doctest::Approx(outlook({.parameters = 175e9, .gpus = 1024}).write_s / 2));
}

TEST_CASE("a checkpoint that is written beside work stops it for less and gains time") {
  RunReliability setup{.parameters = 175e9, .gpus = 1024};
  const RunOutlook still = outlook(setup);
  setup.written_beside = true;
  const RunOutlook beside = outlook(setup);
  CHECK(beside.write_s < still.write_s / 100);
  CHECK(beside.written_beside_s == still.write_s);
  CHECK(beside.interval_s >= beside.written_beside_s);
  CHECK(beside.effective_ratio > still.effective_ratio);
}

TEST_CASE("a run of no GPUs has no outlook") {
  CHECK_THROWS_AS(outlook({.parameters = 1e9, .gpus = 0}), ContractViolation);
}
