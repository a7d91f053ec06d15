#include "analysis/replicates/replicates_summary.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/output/panels_svg.hpp"
#include "analysis/output/table_csv.hpp"
#include "analysis/replicates/series_band.hpp"

namespace chokepoint::analysis {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson figure_json(const FigureSample& sample) {
  OrderedJson json{{"unit", sample.unit}};
  if (sample.is_text) {
    std::map<std::string, int> counts;
    for (const std::string& text : sample.texts) ++counts[text];
    json["counts"] = counts;
    return json;
  }
  json["count"] = sample.finite().size();
  const auto summary = summary_of(sample);
  for (const char* key : {"mean", "low", "high", "p5", "median", "p95"}) json[key] = nullptr;
  if (!summary) return json;
  json["mean"] = summary->mean.mean;
  if (summary->mean.interval) {
    json["low"] = summary->mean.interval->low;
    json["high"] = summary->mean.interval->high;
  }
  json["p5"] = summary->band.p5;
  json["median"] = summary->band.median;
  json["p95"] = summary->band.p95;
  return json;
}

}  // namespace

std::optional<SampleSummary> summary_of(const FigureSample& sample) {
  std::vector<double> values = sample.finite();
  if (values.empty()) return std::nullopt;
  const MeanInterval mean = mean_interval(values);
  return SampleSummary{.mean = mean, .band = models::quantile_band(std::move(values))};
}

std::string replicates_text(std::span<const sim::Record> replicates) {
  const sim::Record& first = replicates.front();
  const std::vector<FigureSample> samples = figure_samples(replicates);
  OrderedJson figures = OrderedJson::object();
  for (const FigureSample& sample : samples) figures[sample.key] = figure_json(sample);
  const OrderedJson json{{"scenario", first.scenario},
                         {"title", first.title},
                         {"seed", first.seed},
                         {"version", first.version},
                         {"catalogue_digest", first.catalogue_digest},
                         {"replicates", replicates.size()},
                         {"all_equal", all_equal(samples)},
                         {"interval_level", interval_level},
                         {"figures", std::move(figures)}};
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + '\n';
}

std::vector<OutputFile> replicates_files(std::span<const sim::Record> replicates) {
  std::vector<OutputFile> files;
  files.push_back({"summary.json", [replicates](const TextSink& sink) { sink(replicates_text(replicates)); }});
  files.push_back({"replicates.csv", [replicates](const TextSink& sink) {
                     write_csv(replicates_table(figure_samples(replicates), replicates.size()), sink);
                   }});
  const std::optional<SeriesBand> band = series_band(replicates);
  if (!band) return files;
  files.push_back({"series.csv", [table = band_table(*band)](const TextSink& sink) { write_csv(table, sink); }});
  if (std::string svg = band_svg(*band, replicates); !svg.empty())
    files.push_back({"run.svg", [svg = std::move(svg)](const TextSink& sink) { sink(svg); }});
  return files;
}

}  // namespace chokepoint::analysis
