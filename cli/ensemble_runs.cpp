#include "cli/ensemble_runs.hpp"

#include <cmath>
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/calibration/ensemble_records.hpp"
#include "cli/aligned_table.hpp"
#include "cli/terminal/figure_text.hpp"
#include "cli/terminal/progress_bar.hpp"

namespace chokepoint::cli {
namespace {

using analysis::FigureParts;
using OrderedJson = nlohmann::ordered_json;

std::string number_text(const FigureParts& figure, double value) {
  return figure_text({.key = figure.key, .label = figure.label, .unit = figure.unit, .value = value});
}

std::string band_text(const FigureParts& figure, const analysis::Band& band) {
  return number_text(figure, band.low) + " to " + number_text(figure, band.high);
}

std::string table_of(const std::vector<FigureParts>& figures) {
  std::vector<std::vector<std::string>> rows{
      {"figure", "mean", "90 % of all runs", "90 % by luck", "90 % by ignorance", "ignorance", "unit"}};
  for (const FigureParts& figure : figures) {
    const analysis::VarianceParts& parts = figure.parts;
    if (parts.luck + parts.ignorance <= 0.0) continue;  // says nothing beyond one run
    rows.push_back({figure.label, number_text(figure, parts.mean), band_text(figure, parts.both),
                    band_text(figure, parts.of_luck), band_text(figure, parts.of_ignorance),
                    fmt::format("{:.0f} %", 100.0 * parts.share_of_ignorance()), figure.unit});
  }
  return aligned_table(rows);
}

OrderedJson band_json(const analysis::Band& band) {
  return {{"p5", band.low}, {"p95", band.high}};
}

OrderedJson to_json(const std::vector<FigureParts>& figures) {
  OrderedJson list = OrderedJson::array();
  for (const FigureParts& figure : figures)
    list.push_back({{"figure", figure.key},
                    {"label", figure.label},
                    {"unit", figure.unit},
                    {"mean", figure.parts.mean},
                    {"both", band_json(figure.parts.both)},
                    {"luck", band_json(figure.parts.of_luck)},
                    {"ignorance", band_json(figure.parts.of_ignorance)},
                    {"variance_of_luck", figure.parts.luck},
                    {"variance_of_ignorance", figure.parts.ignorance}});
  return list;
}

}  // namespace

void run_and_show(const sim::ScenarioDocument& document, const sim::Ensemble& ensemble, const EnsembleRuns& runs,
                  Format format) {
  const auto members = analysis::drawn_members(ensemble, runs.sets.value_or(ensemble.sets.size()), runs.seed);
  std::vector<std::vector<sim::Record>> records;
  {
    ProgressBar bar;
    records = analysis::run_members({.document = document, .ensemble = ensemble, .members = members},
                                    {.seed = runs.seed, .replicates = runs.replicates, .workers = runs.workers},
                                    [&bar](double share) { bar.update(share, std::nullopt); });
  }
  const auto figures = analysis::figure_parts(records, members);
  const sim::Record& first = records.front().front();
  std::string text;
  if (format == Format::json) {
    text = OrderedJson{{"scenario", first.scenario},
                       {"ensemble", ensemble.file},
                       {"sets", members.size()},
                       {"replicates", runs.replicates},
                       {"seed", runs.seed},
                       {"version", first.version},
                       {"catalogue_digest", first.catalogue_digest},
                       {"figures", to_json(figures)}}
               .dump(2) +
           '\n';
  } else {
    text =
        fmt::format("{}\n{} sets of {}, {} replicates each\n\n{}", terminal_of(stdout).paint(colour::bold, first.title),
                    members.size(), ensemble.file, runs.replicates, table_of(figures));
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace chokepoint::cli
