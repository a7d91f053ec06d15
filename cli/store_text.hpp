#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "analysis/store/store_summary.hpp"

namespace chokepoint::cli {

/// What a store holds, for a person: runs by status with the first reasons, and the outcomes: a small table of means
/// where the study has one or two parameters, else mean, least and most.
std::string store_text(const analysis::StoreSummary& summary);

/// The same for a program: "study", "points", "replicates", "runs", "done", "not_done" (by status), "missing",
/// "reasons" and "outcomes".
nlohmann::ordered_json store_json(const analysis::StoreSummary& summary);

}  // namespace chokepoint::cli
