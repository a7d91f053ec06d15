#include "cli/simulation.hpp"

#include "analysis/output/output_folder.hpp"
#include "analysis/output/result_files.hpp"
#include "analysis/pool/interrupt.hpp"
#include "cli/terminal/progress_bar.hpp"

namespace chokepoint::cli {

void simulate_and_show(const sim::Scenario& scenario, sim::RunOptions options,
                       const std::optional<std::filesystem::path>& out, Format format) {
  const analysis::InterruptWatch watch;
  options.keep_details = out.has_value();
  const sim::Record record = [&] {
    ProgressBar bar;
    return sim::simulate(scenario, options, [&](double share, models::Instant now) {
      watch.throw_if_interrupted();
      bar.update(share, now);
    });
  }();
  watch.throw_if_interrupted();
  if (out) analysis::write_output_folder(*out, analysis::result_files(record));
  print_result(record, format);
}

}  // namespace chokepoint::cli
