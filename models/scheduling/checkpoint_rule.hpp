#pragma once

#include <limits>

namespace chokepoint::models {

/// How a job keeps what it has done: after every `interval_s` seconds of work it writes a checkpoint for `write_s`
/// seconds, none at its end. Without an interval it keeps nothing until it ends. Leaves out writing beside the work.
struct CheckpointRule {
  double interval_s = std::numeric_limits<double>::infinity();
  double write_s = 0.0;

  /// What an attempt of some length has come to: work done, the part of it that a checkpoint holds, and time in
  /// writing.
  struct Progress {
    double done_s = 0.0;
    double saved_s = 0.0;
    double writing_s = 0.0;
  };

  [[nodiscard]] bool writes() const { return interval_s < std::numeric_limits<double>::infinity(); }
  /// Time that `work_s` >= 0 seconds of work take with their checkpoints.
  [[nodiscard]] double attempt_s(double work_s) const;
  /// After `spent_s` >= 0 of an attempt.
  [[nodiscard]] Progress progress_at(double spent_s) const;
};

}  // namespace chokepoint::models
