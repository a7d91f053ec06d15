#pragma once

#include <string_view>

namespace chokepoint::cli {

// Scenarios to start from, in the text that a person reads. "@" stands for the name.

/// A site with a fleet and jobs by chance.
extern const std::string_view cluster_starter;
/// A market with a shock.
extern const std::string_view market_starter;

}  // namespace chokepoint::cli
