#include "cli/calibrate_command.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "analysis/calibration/ensemble_file.hpp"
#include "analysis/calibration/study_evaluation.hpp"
#include "analysis/study/load_study.hpp"
#include "cli/calibration_text.hpp"
#include "cli/options.hpp"
#include "cli/result_printer.hpp"
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
  std::string format = "table";
  Options options("chokepoint calibrate STUDY [options]",
                  "Fits the parameters of a study to its targets and writes the ensemble of sets that fit.");
  options.operand("STUDY", file)
      .option("out", "FILE.json", "the ensemble; the study's name with .ensemble.json if left out", out)
      .option("workers", "N", "runs at a time; one a core if left out", workers, 1)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;

  const analysis::Study study = analysis::load_study(file);
  analysis::check_calibration(study);
  analysis::StudyEvaluation evaluation(study, static_cast<std::size_t>(workers));
  const std::string version = evaluation.try_middle().version;
  analysis::CalibrationPlan plan = study.calibration;
  plan.seed = study.seed;
  analysis::Calibration found;
  {
    ProgressBar bar;
    found = analysis::calibrate(
        study.parameters.size(), study.targets, [&](auto places) { return evaluation(places); }, plan,
        [&bar](double share) { bar.update(share, std::nullopt); });
  }
  warn(study, evaluation, found);
  if (found.members.empty()) {
    std::fputs(no_fit_text(study, found).c_str(), stderr);
    return Exit::failed;
  }

  const analysis::StudyCalibration calibration{.study = study, .found = found, .version = version};
  const std::string written = out.value_or(study.name + ".ensemble.json");
  analysis::write_ensemble(calibration, written);
  const std::string text = parse_format(format) == Format::json
                               ? analysis::ensemble_json(calibration).dump(2) + '\n'
                               : calibration_text(study, found, terminal_of(stdout)) +
                                     fmt::format("\nwritten to {}, and all sets that were run beside it\n", written);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
