#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "analysis/pool/run_limits.hpp"
#include "analysis/pool/run_message.hpp"
#include "analysis/pool/zygote.hpp"

namespace chokepoint::analysis {

/// Does runs in forked processes, a few at a time. A run that crashes, hangs or eats all memory harms no other: it is a
/// result like the rest. What a run sees is the caller's memory when the pool began, so that what the runs share
/// (catalogue, scenario, trace) is read once. The same runs give the same results for any number of workers.
///
/// The caller has one thread and has opened no SimGrid Engine. On SIGINT, SIGTERM or SIGHUP all runs are killed and
/// reaped, and Interrupted is thrown.
class RunPool {
 public:
  struct Options {
    std::size_t workers = 1;
    RunLimits limits = {};
    /// Called about once a second while runs are under way, for what must not wait for the next result.
    std::function<void()> tick = {};
  };
  /// The key of the next run, none when there are no more. Asked a few runs ahead of the workers.
  using Source = std::function<std::optional<std::uint64_t>()>;
  /// Takes the result of a run. What it throws ends the pool.
  using Sink = std::function<void(std::uint64_t key, RunResult result, const RunUse& use)>;
  using OnProgress = std::function<void(std::uint64_t key, const RunProgress& progress)>;
  enum class Order { submission, completion };

  explicit RunPool(Options options);

  /// All results, in the order of `runs`, whose keys are their places.
  std::vector<RunResult> run(std::span<const Run> runs, const OnProgress& on_progress = {}) const;

  /// Any number of runs in bounded memory: in order of submission, a slow run holds back the start of those far behind.
  /// `run_of` is asked in the process that forks the runs, whose memory is the caller's when the pool began.
  void stream(const Source& source, const RunOfKey& run_of, const Sink& sink, Order order,
              const OnProgress& on_progress = {}) const;

 private:
  Options options_;
};

}  // namespace chokepoint::analysis
