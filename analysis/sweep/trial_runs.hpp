#pragma once

#include <cstddef>
#include <optional>

#include "analysis/pool/run_limits.hpp"
#include "analysis/study/run_estimate.hpp"
#include "analysis/study/study.hpp"

namespace chokepoint::analysis {

struct TrialOptions {
  std::size_t workers = 1;
  RunLimits limits = {};
};

/// How long the study takes, by runs of a few points spread over it, of which nothing is kept; none where no trial came
/// to its end. Throws InputError where these show that an outcome of the study is none.
std::optional<RunEstimate> try_runs(const Study& study, const TrialOptions& options);

}  // namespace chokepoint::analysis
