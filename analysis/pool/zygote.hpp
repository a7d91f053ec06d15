#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <sys/types.h>
#include <vector>

#include "analysis/pool/run_limits.hpp"
#include "analysis/pool/run_result.hpp"

namespace chokepoint::analysis {

/// The run that a key stands for.
using RunOfKey = std::function<Run(std::uint64_t key)>;

/// A process that does nothing but fork runs, a few at a time, and tell how they ended. It keeps the memory of its
/// parent as it was at the start. A fork makes every page of the process that forks dear to write again: it is the
/// zygote, which writes little, that pays, and not the parent, which stores results. It dies with its parent, and with
/// it die its runs. The parent has one thread and has not opened a SimGrid Engine.
class Zygote {
 public:
  /// What it tells of the run in a slot.
  struct News {
    enum class Kind : std::uint8_t { started, ended, not_started };

    Kind kind = Kind::started;
    std::uint32_t slot = 0;
    /// As wait4() gives it, of a run that ended; errno of one that could not be started.
    std::int32_t status = 0;
    std::uint64_t peak_memory_bytes = 0;
    std::chrono::nanoseconds wall{0};
  };

  /// At most `workers` runs at a time, the others wait; each has one of `slots` slots, whose pipe takes its messages.
  /// Throws std::system_error.
  Zygote(RunOfKey run_of, const RunLimits& limits, std::size_t workers, std::size_t slots);
  /// Kills and reaps it and its runs.
  ~Zygote();
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;

  /// Starts a run once a worker is free. The slot is free again when its end was told.
  void start(std::size_t slot, std::uint64_t key);
  /// Kills the run in a slot; its end is told like any other.
  void stop(std::size_t slot);

  /// What poll() watches for news, and for messages of the run in a slot.
  [[nodiscard]] int news_descriptor() const { return socket_; }
  [[nodiscard]] int message_descriptor(std::size_t slot) const { return pipes_[slot]; }
  /// The next news, without waiting. Throws std::runtime_error if the zygote itself has ended.
  std::optional<News> next_news();

 private:
  void close_all();

  pid_t process_ = -1;
  int socket_ = -1;
  std::vector<int> pipes_;
};

}  // namespace chokepoint::analysis
