#include "cli/ensemble_runs.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/calibration/ensemble_records.hpp"
#include "analysis/comparison/difference.hpp"
#include "cli/aligned_table.hpp"
#include "cli/terminal/progress_bar.hpp"
#include "cli/terminal/short_number.hpp"
#include "cli/terminal/terminal.hpp"

namespace chokepoint::cli {
namespace {

using analysis::DifferenceParts;
using analysis::FigureParts;
using analysis::MemberRecords;
using analysis::VarianceParts;
using OrderedJson = nlohmann::ordered_json;
using Row = std::vector<std::string>;

double largest_of(const VarianceParts& parts) {
  double largest = std::abs(parts.mean);
  for (const analysis::Band& band : {parts.both, parts.of_luck, parts.of_ignorance})
    largest = std::max({largest, std::abs(band.low), std::abs(band.high)});
  return largest;
}

/// "mean" of a figure, or "base", "other" and "difference", in the scale of its parts.
Row means_row(const FigureParts& figure, const NumberScale& scale) {
  return {figure.label, short_text(figure.parts.mean, scale, 4)};
}
Row means_row(const DifferenceParts& figure, const NumberScale& scale) {
  return {figure.label, short_text(figure.base, scale, 4), short_text(figure.other, scale, 4),
          short_text(figure.parts.mean, scale)};
}

bool is_shown(const FigureParts& figure) {
  return figure.parts.luck + figure.parts.ignorance > 0.0;  // else it says nothing beyond one run
}
bool is_shown(const DifferenceParts& figure) {
  return figure.changed;
}

/// Under their groups; none where no figure is shown.
template <class Figure>
std::vector<Row> table_rows(Row heading, const std::vector<Figure>& figures) {
  for (const char* more : {"unit", "ignorance", "90 % of runs", "by luck", "by ignorance"}) heading.emplace_back(more);
  std::vector<Row> rows{std::move(heading)};
  std::string group;
  for (const Figure& figure : figures) {
    if (!is_shown(figure)) continue;
    if (figure.group != group) rows.push_back({figure.group});
    group = figure.group;
    const VarianceParts& parts = figure.parts;
    const NumberScale scale = number_scale(largest_of(parts), figure.unit);
    Row row = means_row(figure, scale);
    row.push_back(scale.unit);
    row.push_back(fmt::format("{:.0f} %", 100.0 * parts.share_of_ignorance()));
    for (const analysis::Band& band : {parts.both, parts.of_luck, parts.of_ignorance})
      row.push_back(short_text(band.low, scale) + " to " + short_text(band.high, scale));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::size_t width_of_output() {
  return static_cast<std::size_t>(terminal_of(stdout).width);
}

std::string table_of(const std::vector<FigureParts>& figures) {
  return aligned_table(table_rows({"figure", "mean"}, figures), width_of_output());
}

std::string table_of(const std::vector<DifferenceParts>& figures) {
  const auto rows = table_rows({"figure", "base", "other", "difference"}, figures);
  return rows.size() > 1 ? aligned_table(rows, width_of_output()) : "No figure differs.\n";
}

OrderedJson band_json(const analysis::Band& band) {
  return {{"p5", band.low}, {"p95", band.high}};
}

void add_parts(OrderedJson& json, const VarianceParts& parts) {
  json["both"] = band_json(parts.both);
  json["luck"] = band_json(parts.of_luck);
  json["ignorance"] = band_json(parts.of_ignorance);
  json["variance_of_luck"] = parts.luck;
  json["variance_of_ignorance"] = parts.ignorance;
}

OrderedJson to_json(const std::vector<FigureParts>& figures) {
  OrderedJson list = OrderedJson::array();
  for (const FigureParts& figure : figures) {
    list.push_back(
        {{"figure", figure.key}, {"label", figure.label}, {"unit", figure.unit}, {"mean", figure.parts.mean}});
    add_parts(list.back(), figure.parts);
  }
  return list;
}

void add_json(const std::string& scenario, const std::vector<DifferenceParts>& figures, OrderedJson& list) {
  for (const DifferenceParts& figure : figures) {
    list.push_back({{"scenario", scenario},
                    {"figure", figure.key},
                    {"unit", figure.unit},
                    {"base", figure.base},
                    {"other", figure.other},
                    {"difference", figure.parts.mean}});
    add_parts(list.back(), figure.parts);
  }
}

std::vector<analysis::Kept> members_of(const sim::Ensemble& ensemble, const EnsembleRuns& runs) {
  return analysis::drawn_members(ensemble, runs.sets.value_or(ensemble.sets.size()), runs.seed);
}

MemberRecords run_all(const analysis::MembersInScenario& what, const EnsembleRuns& runs) {
  ProgressBar bar;
  return analysis::run_members(what, {.seed = runs.seed, .replicates = runs.replicates, .workers = runs.workers},
                               [&bar](double share) { bar.update(share, std::nullopt); });
}

std::string sets_text(std::size_t members, const sim::Ensemble& ensemble, const EnsembleRuns& runs) {
  return fmt::format("{} sets of {}, {} replicates each\n", members, ensemble.file, runs.replicates);
}

/// Those of `figures`, or all for none.
void keep_figures(const std::vector<std::string>& figures, std::vector<DifferenceParts>& rows) {
  if (figures.empty()) return;
  std::erase_if(rows, [&](const DifferenceParts& row) { return std::ranges::find(figures, row.key) == figures.end(); });
}

}  // namespace

void run_and_show(const sim::ScenarioDocument& document, const sim::Ensemble& ensemble, const EnsembleRuns& runs,
                  Format format) {
  const auto members = members_of(ensemble, runs);
  const MemberRecords records = run_all({.document = document, .ensemble = ensemble, .members = members}, runs);
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
    text = terminal_of(stdout).paint_prose(colour::bold, first.title) + sets_text(members.size(), ensemble, runs) +
           '\n' + table_of(figures);
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void compare_and_show(const std::deque<ComparedCourse>& courses, const EnsembleRuns& runs,
                      const std::vector<std::string>& figures, Format format) {
  expect_one_ensemble(courses);
  const sim::Ensemble& ensemble = *courses.front().ensemble;
  const auto members = members_of(ensemble, runs);
  std::vector<MemberRecords> records;
  std::vector<analysis::CourseFigures> known;
  for (const ComparedCourse& course : courses) {
    records.push_back(run_all({.document = course.document, .ensemble = ensemble, .members = members}, runs));
    known.push_back({.name = course.name, .figures = analysis::figure_samples(records.back().front())});
  }
  check_figures(figures, known);

  OrderedJson list = OrderedJson::array();
  std::string text = terminal_of(stdout).paint_prose(
                         colour::bold, courses.front().scenario.title + " (" + courses.front().name + ')') +
                     sets_text(members.size(), ensemble, runs);
  for (std::size_t i = 1; i < courses.size(); ++i) {
    auto rows = analysis::difference_parts(records.front(), records[i], members);
    keep_figures(figures, rows);
    add_json(courses[i].name, rows, list);
    text += '\n' + courses[i].name + '\n' + table_of(rows);
  }
  if (format == Format::json) text = list.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + '\n';
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace chokepoint::cli
