#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <sys/types.h>

#include "analysis/pool/run_limits.hpp"
#include "analysis/pool/run_message.hpp"

namespace chokepoint::analysis {

/// One run in a forked process of its own, seen from its parent. The child resets all signal handlers, ignores Ctrl-C
/// (its parent ends it), sends its messages over a pipe and leaves with _exit; it dies with its parent. The parent must
/// have a single thread and must not have opened a SimGrid Engine.
class RunProcess {
 public:
  using Clock = std::chrono::steady_clock;

  /// `siblings` are the descriptors of other runs, which the child closes. Throws std::system_error if no process or
  /// pipe can be had.
  RunProcess(const Run& run, const RunLimits& limits, std::span<const int> siblings);
  /// Kills and reaps the child if it still runs.
  ~RunProcess();
  RunProcess(const RunProcess&) = delete;
  RunProcess& operator=(const RunProcess&) = delete;

  /// The end of the pipe that poll() watches.
  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] std::optional<Clock::time_point> deadline() const { return deadline_; }

  /// Takes what has come, without waiting. The result once the child has ended, none before.
  std::optional<RunResult> read(const std::function<void(const RunProgress&)>& on_progress);
  /// Ends the child, whose time is up.
  RunResult stop();
  /// Once there is a result.
  [[nodiscard]] const RunUse& use() const { return use_; }

 private:
  void take_messages(const std::function<void(const RunProgress&)>& on_progress);
  RunResult reap();
  int end_child();

  std::optional<pid_t> child_;
  int descriptor_ = -1;
  std::optional<Clock::time_point> deadline_;
  std::optional<std::chrono::milliseconds> time_limit_;
  Clock::time_point begin_ = Clock::now();
  RunUse use_;
  std::string unread_;
  std::optional<RunResult> result_;
};

}  // namespace chokepoint::analysis
