#pragma once

#include "models/scheduling/scheduler.hpp"

namespace chokepoint::models {

/// Starts jobs from the head of the queue until the first that does not fit: nothing overtakes it.
inline void start_in_strict_order(DecisionRound& round) {
  for (auto position = round.queue().begin(); position != round.queue().end(); ++position)
    if (!round.start(position)) return;
}

}  // namespace chokepoint::models
