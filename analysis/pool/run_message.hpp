#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "analysis/pool/run_result.hpp"

namespace chokepoint::analysis {

/// How far a run is.
struct RunProgress {
  double share = 0.0;
  models::Instant now{};
};

/// What a run tells the pool: how far it is, as often as it likes, and at the end its result.
using RunMessage = std::variant<RunProgress, RunResult>;

/// The message as a frame: one byte of kind, eight of length, the bytes of the message.
std::string encode_message(const RunMessage& message);

/// The first message of `bytes`, which is taken off them; none if it is not whole yet. Throws WireError.
std::optional<RunMessage> take_message(std::string_view& bytes);

}  // namespace chokepoint::analysis
