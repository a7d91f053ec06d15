#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "analysis/pool/run_limits.hpp"
#include "analysis/pool/run_message.hpp"

namespace chokepoint::analysis {

/// Does runs in forked processes, a few at a time. A run that crashes, hangs or eats all memory harms no other: it is a
/// result like the rest. What a run sees is its parent's memory at the time of the fork, so that what the runs share
/// (catalogue, scenario, trace) is read once; a fork copies its page tables, so that a large parent makes each run
/// dearer. The same runs give the same results for any number of workers.
///
/// The caller has one thread and has opened no SimGrid Engine. On SIGINT, SIGTERM or SIGHUP all children are killed and
/// reaped, and Interrupted is thrown.
class RunPool {
 public:
  struct Options {
    std::size_t workers = 1;
    RunLimits limits = {};
    /// Called about once a second while runs are under way, for what must not wait for the next result.
    std::function<void()> tick = {};
  };
  /// The next run, none when there are no more. Asked only when a worker is free.
  using Source = std::function<std::optional<Run>()>;
  /// Takes the result of the run that stands at `index` of those that the source gave. What it throws ends the pool.
  using Sink = std::function<void(std::size_t index, RunResult result, const RunUse& use)>;
  using OnProgress = std::function<void(std::size_t index, const RunProgress& progress)>;
  enum class Order { submission, completion };

  explicit RunPool(Options options);

  /// All results, in the order of `runs`.
  std::vector<RunResult> run(std::span<const Run> runs, const OnProgress& on_progress = {}) const;

  /// Any number of runs in bounded memory: in order of submission, a slow run holds back the start of those far behind.
  void stream(const Source& source, const Sink& sink, Order order, const OnProgress& on_progress = {}) const;

 private:
  Options options_;
};

}  // namespace chokepoint::analysis
