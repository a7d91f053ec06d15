#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "analysis/replicates/run_replicates.hpp"
#include "cli/result_printer.hpp"

namespace chokepoint::cli {

/// What --replicates says, at most a million. Throws UsageError.
std::uint32_t replicate_count(std::int64_t given);
/// What --workers says; one a core for 0.
std::size_t worker_count(std::int64_t given);

/// analysis::run_replicates with a progress bar.
std::vector<std::vector<sim::Record>> run_watched(std::span<const analysis::Course> courses,
                                                  const analysis::ReplicateOptions& options);

/// Writes the folder of `out` if there is one, and prints the result of one scenario's replicates.
void show_replicates(std::span<const sim::Record> replicates, const std::optional<std::filesystem::path>& out,
                     Format format);

}  // namespace chokepoint::cli
