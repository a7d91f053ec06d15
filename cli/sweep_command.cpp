#include "cli/sweep_command.hpp"

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analysis/output/number_text.hpp"
#include "analysis/pool/interrupt.hpp"
#include "analysis/store/run_store.hpp"
#include "analysis/sweep/load_study_to_run.hpp"
#include "analysis/sweep/run_study.hpp"
#include "analysis/sweep/study_store.hpp"
#include "analysis/sweep/trial_runs.hpp"
#include "cli/limit_options.hpp"
#include "cli/options.hpp"
#include "cli/result_printer.hpp"
#include "cli/resume.hpp"
#include "cli/store_text.hpp"
#include "cli/study_text.hpp"
#include "cli/terminal/figure_text.hpp"
#include "cli/terminal/progress_bar.hpp"
#include "cli/terminal/terminal.hpp"

namespace chokepoint::cli {
namespace {

using analysis::Shard;
using analysis::SweepProgress;
using analysis::SweepResult;

Shard parse_shard(const std::string& text) {
  const auto number = [](std::string_view digits) -> std::optional<std::uint64_t> {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
  };
  const std::size_t slash = text.find('/');
  const auto index = number(std::string_view(text).substr(0, slash));
  const auto count = slash == std::string::npos ? std::nullopt : number(std::string_view(text).substr(slash + 1));
  const auto fault = [&](std::string expected) {
    return sim::InputError(sim::Fault{
        .file = "--shard", .where = {}, .expected = std::move(expected), .found = '"' + text + '"', .hint = {}});
  };
  if (!index || !count) throw fault("I/N, such as 2/8 for the second of eight");
  if (*index < 1 || *index > *count)
    throw fault(*count == 0 ? "a shard of at least 1, such as 1/1"
                            : fmt::format("a shard from 1/{0} to {0}/{0}", *count));
  return {*index, *count};
}

ProgressState state_of(const SweepProgress& progress) {
  const auto all = static_cast<double>(std::max<std::uint64_t>(progress.runs, 1));
  const std::uint64_t kept = progress.done_before + progress.ended;
  ProgressState state{.share = static_cast<double>(kept) / all, .now = std::nullopt};
  state.share_before = static_cast<double>(progress.done_before) / all;
  state.facts = fmt::format("{} of {} runs", analysis::with_thousands(std::to_string(kept)),
                            analysis::with_thousands(std::to_string(progress.runs)));
  if (progress.ended > 0)
    state.facts += fmt::format("  {:.3g} a second", static_cast<double>(progress.ended) / progress.elapsed.count());
  if (progress.failed > 0) state.facts += fmt::format("  {} not done", progress.failed);
  return state;
}

double rate_of(const SweepProgress& progress) {
  return progress.elapsed.count() > 0.0 ? static_cast<double>(progress.ended) / progress.elapsed.count() : 0.0;
}

std::string effort_text(const SweepProgress& progress, std::int64_t workers) {
  if (progress.ended == 0) return "nothing was left to run\n";
  return fmt::format("{} runs in {:.3g} s with {} workers: {:.3g} a second\n",
                     analysis::with_thousands(std::to_string(progress.ended)), progress.elapsed.count(), workers,
                     rate_of(progress));
}

std::string plan_text(const analysis::Study& study, const analysis::TrialOptions& options, Format format) {
  const StudyPlan plan{.study = study,
                       .workers = options.workers,
                       .estimate = analysis::estimate_by_trials(study, options),
                       .width = static_cast<std::size_t>(terminal_of(stdout).width)};
  return format == Format::json ? study_json(plan).dump(2) + '\n' : study_text(plan);
}

}  // namespace

Exit run_sweep(std::span<const std::string> arguments) {
  std::string file;
  std::optional<std::string> out;
  std::int64_t workers = std::max(1U, std::thread::hardware_concurrency());
  bool dry_run = false;
  bool resume = false;
  std::optional<std::string> shard;
  std::optional<std::string> time_limit;
  std::optional<std::string> memory_limit;
  std::string format = "table";
  Options options("chokepoint sweep STUDY [options]",
                  "Runs a study: a scenario varied over many points. Each run is a row of a store (SQLite) as soon as\n"
                  "it has ended; what was stopped goes on with --resume.");
  options.operand("STUDY", file)
      .option("out", "FILE.sqlite", "the store; the study's name with .sqlite if left out", out)
      .or_short('o')
      .option("workers", "N", "runs at a time; one a core if left out", workers, 1)
      .flag("dry-run", "shows the points and how long all would take, by a few trial runs; keeps nothing", dry_run)
      .flag("resume", "goes on with a store: runs what is missing or not done", resume)
      .option("shard", "I/N", "runs one of N parts of the points, such as 2/8; merge puts them together", shard)
      .option("time-limit", "TIME", "ends a run that takes longer, such as \"10 min\"", time_limit)
      .option("memory-limit", "SIZE", "ends a run whose data would grow beyond it, such as \"4 GB\"", memory_limit)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;
  Shard part;
  analysis::RunLimits limits;
  std::vector<sim::Fault> faults;
  sim::gather_faults(faults, [&] { part = shard ? parse_shard(*shard) : Shard{}; });
  sim::gather_faults(faults, [&] { limits = run_limits(time_limit, memory_limit); });

  const analysis::InterruptWatch watch;
  const analysis::Study study = analysis::load_study_to_run(file, std::move(faults));
  if (dry_run) {
    const std::string plan =
        plan_text(study, {.workers = static_cast<std::size_t>(workers), .limits = limits}, parse_format(format));
    std::fwrite(plan.data(), 1, plan.size(), stdout);
    return Exit::ok;
  }
  const std::string path = out.value_or(study.name + ".sqlite");
  if (resume) expect_store_to_resume(path);
  analysis::RunStore store(path, analysis::store_layout(study), analysis::study_identity(study, part),
                           resume ? analysis::RunStore::Begin::resumed : analysis::RunStore::Begin::fresh);
  const SweepResult result = [&] {
    ProgressBar bar;
    return run_study(study, store,
                     {.shard = part,
                      .workers = static_cast<std::size_t>(workers),
                      .limits = limits,
                      .on_progress = [&bar](const SweepProgress& progress) { bar.update(state_of(progress)); }});
  }();

  const SweepProgress& progress = result.progress;
  if (result.end != SweepResult::End::complete) {
    const bool interrupted = result.end == SweepResult::End::interrupted;
    tell_stop(interrupted ? "interrupted" : "error: " + result.reason,
              fmt::format("{} of {} runs", store.count_done(), progress.runs), path);
    return interrupted ? Exit::interrupted : Exit::failed;
  }
  const analysis::StoreSummary summary = analysis::read_summary(store.database());
  std::string text;
  if (parse_format(format) == Format::json) {
    nlohmann::ordered_json json = store_json(summary);
    json["store"] = path;
    json["ended"] = progress.ended;
    json["wall_s"] = progress.elapsed.count();
    json["runs_per_s"] = rate_of(progress);
    json["workers"] = workers;
    text = json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
  } else {
    text = store_text(summary) + '\n' + effort_text(progress, workers) + "store: " + path + '\n';
    if (shard) text += fmt::format("part {} of the points; \"chokepoint merge\" puts parts together\n", *shard);
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  return summary.of_status("done") > 0 || summary.runs == 0 ? Exit::ok : Exit::failed;
}

}  // namespace chokepoint::cli
