#pragma once

#include "models/reliability/checkpoint.hpp"
#include "models/reliability/failure_table.hpp"

namespace chokepoint::models {

/// One synchronous training run, as far as its interruptions go. Every part of its state is written once, by nodes in
/// equal shares, and read back by them in the same shares; what replicas need beside that comes over the fabric and is
/// left out. Times in s.
struct RunReliability {
  double parameters = 0.0;
  double gpus = 0.0;
  FailureRate failures = failure_table("llama3").rate();
  CheckpointPath path{};
  /// Until a failure is known: assumed.
  double detection_s = 120.0;
  /// Until processes and communicators stand again: assumed.
  double start_s = 300.0;
  /// Whether checkpoints are written from the memory of the hosts while work goes on.
  bool written_beside = false;
};

/// What becomes of it with checkpoints at the interval of Daly. Times in s.
struct RunOutlook {
  double interruptions_per_s = 0.0;
  /// Bytes of a checkpoint that one node writes.
  double node_bytes = 0.0;
  /// Work stands still for so long at a checkpoint.
  double write_s = 0.0;
  double written_beside_s = 0.0;
  /// Detection, start and restore.
  double restart_s = 0.0;
  double interval_s = 0.0;
  /// Share of the clock that makes lasting progress, by Daly's complete ratio; above 0.
  double effective_ratio = 1.0;
};

/// Expects a run of positive parameters and GPUs and a rate above 0. Nodes are of 8 GPUs, as those whose failures were
/// counted; fewer than 8 GPUs count as a node.
RunOutlook outlook(const RunReliability& run);

}  // namespace chokepoint::models
