#pragma once

#include "models/training/step_time.hpp"

namespace chokepoint::models {

/// Bytes that one GPU sends in one exchange of a layer's tokens with the ranks that hold its experts: to GPUs of its
/// node, and to other nodes; the mean of dispatch and combine.
struct ExpertExchange {
  double link_bytes = 0.0;
  double network_bytes = 0.0;
};

/// Each token has a copy for each of its active experts, spread evenly over experts. A plain all-to-all sends every
/// copy to its rank. Where the framework sends a token once to a node, it crosses the network once for each node that
/// holds one of its experts, and is copied there by link, once a rank (DeepSeek-V3, arXiv:2412.19437,
/// section 3.2.2), and to no more nodes than the model allows. Expert ranks are neighbours. Copies travel in 2 bytes a
/// unit, the forward dispatch in 1 where the framework sends fp8.
[[nodiscard]] ExpertExchange expert_exchange(const TrainingSetup& setup);

}  // namespace chokepoint::models
