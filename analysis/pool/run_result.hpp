#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "sim/input/fault.hpp"
#include "sim/record/progress.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// One simulation, to be done in a process of its own.
using Run = std::function<sim::Record(const sim::Progress&)>;

/// Why a run left no record.
struct RunFailure {
  enum class Kind { bad_input, failed, crashed, timed_out, out_of_memory };

  Kind kind = Kind::failed;
  /// The exception's text, the signal's name, the limit that was passed.
  std::string text;
  /// All of them, if the input was bad.
  std::vector<sim::Fault> faults = {};
};

using RunResult = std::variant<sim::Record, RunFailure>;

/// What a run took, whatever came of it.
struct RunUse {
  /// From its start to its end, as its parent saw it.
  std::chrono::duration<double> wall{0.0};
  /// The most that stood in memory at once, with what its parent held when it was forked.
  std::uint64_t peak_memory_bytes = 0;
};

/// "bad input", "timed out", ...
std::string to_text(RunFailure::Kind kind);

/// The record of `result`. Throws InputError with the run's own faults if its input was bad, and RunError otherwise.
sim::Record record_or_throw(RunResult result);

/// A run that left no record although its input was good.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace chokepoint::analysis
