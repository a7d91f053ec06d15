#pragma once

#include <functional>
#include <optional>
#include <string>

#include "analysis/pool/run_message.hpp"

namespace chokepoint::analysis {

/// The messages of one run, as they come out of its pipe.
class MessageStream {
 public:
  /// Takes what has come from `descriptor`, without waiting. Throws std::system_error.
  void read(int descriptor, const std::function<void(const RunProgress&)>& on_progress);
  /// The result, if the run left one.
  [[nodiscard]] std::optional<RunResult>& result() { return result_; }

 private:
  void take_messages(const std::function<void(const RunProgress&)>& on_progress);

  std::string unread_;
  std::optional<RunResult> result_;
};

}  // namespace chokepoint::analysis
