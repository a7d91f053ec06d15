#include "analysis/pool/run_result.hpp"

#include <utility>

namespace chokepoint::analysis {

std::string to_text(RunFailure::Kind kind) {
  switch (kind) {
    case RunFailure::Kind::bad_input:
      return "bad input";
    case RunFailure::Kind::failed:
      return "failed";
    case RunFailure::Kind::crashed:
      return "crashed";
    case RunFailure::Kind::timed_out:
      return "timed out";
    case RunFailure::Kind::out_of_memory:
      return "out of memory";
  }
  return {};
}

sim::Record record_or_throw(RunResult result) {
  if (auto* record = std::get_if<sim::Record>(&result)) return std::move(*record);
  auto& failure = std::get<RunFailure>(result);
  if (failure.kind == RunFailure::Kind::bad_input) throw sim::InputError(std::move(failure.faults));
  throw RunError("the run " + to_text(failure.kind) + (failure.text.empty() ? "" : ": " + failure.text));
}

}  // namespace chokepoint::analysis
