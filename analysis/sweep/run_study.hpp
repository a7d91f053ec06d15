#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "analysis/pool/run_limits.hpp"
#include "analysis/store/run_store.hpp"
#include "analysis/store/shard.hpp"
#include "analysis/study/study.hpp"
#include "analysis/sweep/study_run.hpp"

namespace chokepoint::analysis {

/// How far a study is.
struct SweepProgress {
  /// Of the shard, and those of them that the store held done at the start.
  std::uint64_t runs = 0;
  std::uint64_t done_before = 0;
  /// Ended since the start, and those of them that are not done.
  std::uint64_t ended = 0;
  std::uint64_t failed = 0;
  std::chrono::duration<double> elapsed{0.0};
};

struct SweepOptions {
  Shard shard = {};
  std::size_t workers = 1;
  RunLimits limits = {};
  RunStudyPoint run = simulate_study_run;
  /// Told after each run, and about once a second.
  std::function<void(const SweepProgress&)> on_progress = {};
};

struct SweepResult {
  enum class End {
    complete,
    interrupted,
    /// The store could not be written, as on a full disk: `reason` says why.
    unwritable
  };

  End end = End::complete;
  std::string reason = {};
  SweepProgress progress = {};
};

/// Runs what the store does not hold done, each run in a process of its own, and keeps each as it ends: a run that
/// fails, crashes, hangs or eats all memory is a row with its reason, and the study goes on. What came before an
/// interrupt or a full disk stands in the store, and the same call goes on from there. The rows are the same for any
/// number of workers and shards, and however often it was stopped, but for wall time, memory and message.
///
/// A store without rows begins with runs of three points, before anything is kept. Throws InputError, and takes the
/// store's file away, where these show that an outcome of the study is none.
SweepResult run_study(const Study& study, RunStore& store, const SweepOptions& options);

}  // namespace chokepoint::analysis
