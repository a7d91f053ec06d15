#include "cli/calibrate_command.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "analysis/calibration/calibration_store.hpp"
#include "analysis/calibration/ensemble_file.hpp"
#include "analysis/calibration/fact_targets.hpp"
#include "analysis/calibration/study_evaluation.hpp"
#include "analysis/pool/interrupt.hpp"
#include "analysis/study/load_study.hpp"
#include "cli/calibration_text.hpp"
#include "cli/options.hpp"
#include "cli/result_printer.hpp"
#include "cli/resume.hpp"
#include "cli/terminal/progress_bar.hpp"

namespace chokepoint::cli {
namespace {

void warn(const analysis::Study& study, const analysis::StudyEvaluation& evaluation,
          const analysis::Calibration& found) {
  if (study.parameters.size() > study.targets.size())
    fmt::print(stderr, "warning: {} parameters and {} targets: what the targets cannot tell stays as it was\n",
               study.parameters.size(), study.targets.size());
  if (evaluation.failed() > 0)
    fmt::print(stderr, "warning: {} runs failed and fit nothing, the first with {}\n", evaluation.failed(),
               evaluation.first_failure());
  if (!found.members.empty() && !found.population.settled)
    fmt::print(stderr, "warning: the waves ended before the ensemble settled: its bands are rough (more \"waves\"?)\n");
}

}  // namespace

Exit run_calibrate(std::span<const std::string> arguments) {
  std::string file;
  std::optional<std::string> out;
  std::int64_t workers = std::max(1U, std::thread::hardware_concurrency());
  bool resume = false;
  std::string format = "table";
  Options options(
      "chokepoint calibrate STUDY [options]",
      "Fits the parameters of a study to its targets and writes the ensemble of sets that fit. Each run is kept\n"
      "beside it until then; what was stopped goes on with --resume.");
  options.operand("STUDY", file)
      .option("out", "FILE.json", "the ensemble; the study's name with .ensemble.json if left out", out)
      .option("workers", "N", "runs at a time; one a core if left out", workers, 1)
      .flag("resume", "goes on with what a stopped calibration kept", resume)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;

  const analysis::InterruptWatch watch;
  const analysis::Study stated = analysis::load_study(file);
  analysis::check_calibration(stated);
  const std::string written = out.value_or(stated.name + ".ensemble.json");
  analysis::expect_new_ensemble(written);
  const analysis::Study study = analysis::with_fact_targets(stated);
  analysis::StudyEvaluation evaluation(study, static_cast<std::size_t>(workers));
  const std::string version = evaluation.try_middle().version;
  std::error_code unmade;  // the store says why, if it cannot be made
  std::filesystem::create_directories(std::filesystem::absolute(written).parent_path(), unmade);
  const auto kept = std::filesystem::path(written).replace_extension(".runs.sqlite");
  if (resume) expect_store_to_resume(kept);
  analysis::RunStore store(kept, analysis::calibration_layout(study), analysis::calibration_identity(study),
                           resume ? analysis::RunStore::Begin::resumed : analysis::RunStore::Begin::fresh);
  evaluation.keep_in(store);
  const auto stopped = [&store](const std::string& cause) {
    tell_stop(cause, fmt::format("{} runs", store.count_done()), store.path());
  };
  analysis::CalibrationPlan plan = study.calibration;
  plan.seed = study.seed;
  analysis::Calibration found;
  try {
    ProgressBar bar;
    found = analysis::calibrate(
        study.parameters.size(), study.targets, [&](auto places) { return evaluation(places); }, plan,
        [&bar](double share) { bar.update(share, std::nullopt); });
  } catch (const analysis::Interrupted&) {
    store.commit();
    stopped("interrupted");
    return Exit::interrupted;
  } catch (const analysis::DatabaseError& error) {
    if (error.kind() != analysis::DatabaseError::Kind::unwritable) throw;
    stopped(std::string("error: ") + error.what());
    return Exit::failed;
  }
  warn(study, evaluation, found);
  if (found.members.empty()) {
    std::fputs(no_fit_text(study, found).c_str(), stderr);
    store.remove();
    return Exit::failed;
  }

  const analysis::StudyCalibration calibration{.study = study, .found = found, .version = version};
  analysis::write_ensemble(calibration, written);
  store.remove();
  const std::string text = parse_format(format) == Format::json
                               ? analysis::ensemble_json(calibration).dump(2) + '\n'
                               : calibration_text(study, found, terminal_of(stdout)) +
                                     fmt::format("\nwritten to {}, and all sets that were run beside it\n", written);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
