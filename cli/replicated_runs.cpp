#include "cli/replicated_runs.hpp"

#include <algorithm>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

#include "analysis/replicates/replicates_summary.hpp"
#include "cli/command.hpp"
#include "cli/terminal/progress_bar.hpp"
#include "cli/terminal/replicate_table.hpp"

namespace chokepoint::cli {
namespace {

/// Where chance moves nothing, intervals would say nothing: the figures of one run, and that the others are like it.
std::string text_of(std::span<const sim::Record> replicates, const Terminal& terminal) {
  if (!analysis::all_equal(analysis::figure_samples(replicates))) return replicate_table(replicates, terminal);
  return result_text(replicates.front(), Format::table, terminal) +
         fmt::format("\nAll {} replicates are equal: chance moves none of these figures.\n", replicates.size());
}

}  // namespace

std::uint32_t replicate_count(std::int64_t given) {
  constexpr std::int64_t most = 1'000'000;
  if (given > most) throw UsageError(fmt::format("--replicates: expected at most {}, found {}", most, given));
  return static_cast<std::uint32_t>(given);
}

std::size_t worker_count(std::int64_t given) {
  return given > 0 ? static_cast<std::size_t>(given) : std::max(1U, std::thread::hardware_concurrency());
}

std::vector<std::vector<sim::Record>> run_watched(std::span<const analysis::Course> courses,
                                                  const analysis::ReplicateOptions& options) {
  ProgressBar bar;
  return analysis::run_replicates(courses, options, [&bar](double share) { bar.update(share, std::nullopt); });
}

void show_replicates(std::span<const sim::Record> replicates, const std::optional<std::filesystem::path>& out,
                     Format format) {
  if (out) analysis::write_output_folder(*out, analysis::replicates_files(replicates));
  const std::string text =
      format == Format::json ? analysis::replicates_text(replicates) : text_of(replicates, terminal_of(stdout));
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace chokepoint::cli
