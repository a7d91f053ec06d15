#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "analysis/pool/run_limits.hpp"
#include "analysis/pool/run_result.hpp"
#include "analysis/study/run_estimate.hpp"
#include "analysis/study/study.hpp"
#include "analysis/sweep/study_run.hpp"

namespace chokepoint::analysis {

struct TrialOptions {
  std::size_t workers = 1;
  RunLimits limits = {};
  RunStudyPoint run = simulate_study_run;
  /// Called about once a second.
  std::function<void()> tick = {};
};

/// The first replicate of a point, run before any other, with all figures of its record.
struct TrialRun {
  StudyRun run;
  RunResult result;
  RunUse use;
};

/// Runs points to see what they give before anything is kept, in the order in which they end. Throws InputError where
/// these show that an outcome of the study is none.
std::vector<TrialRun> run_trials(const Study& study, std::span<const std::uint64_t> places,
                                 const TrialOptions& options);

/// How long the study takes, by trials of a few points spread over it; none where no trial came to its end.
std::optional<RunEstimate> estimate_by_trials(const Study& study, const TrialOptions& options);

}  // namespace chokepoint::analysis
