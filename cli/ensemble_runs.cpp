#include "cli/ensemble_runs.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/calibration/ensemble_records.hpp"
#include "analysis/comparison/difference.hpp"
#include "cli/aligned_table.hpp"
#include "cli/terminal/figure_text.hpp"
#include "cli/terminal/progress_bar.hpp"

namespace chokepoint::cli {
namespace {

using analysis::DifferenceParts;
using analysis::FigureParts;
using analysis::MemberRecords;
using analysis::VarianceParts;
using OrderedJson = nlohmann::ordered_json;
using Row = std::vector<std::string>;

/// A number of a figure, as `run` writes it.
template <class Figure>
std::string number_text(const Figure& figure, double value) {
  return figure_text({.key = figure.key, .label = figure.label, .unit = figure.unit, .value = value});
}

const Row parts_heading{"90 % of all runs", "90 % by luck", "90 % by ignorance", "ignorance", "unit"};

template <class Figure>
Row parts_row(const Figure& figure) {
  const auto band = [&](const analysis::Band& ends) {
    return number_text(figure, ends.low) + " to " + number_text(figure, ends.high);
  };
  const VarianceParts& parts = figure.parts;
  return {band(parts.both), band(parts.of_luck), band(parts.of_ignorance),
          fmt::format("{:.0f} %", 100.0 * parts.share_of_ignorance()), figure.unit};
}

Row joined(Row row, const Row& more) {
  row.insert(row.end(), more.begin(), more.end());
  return row;
}

std::string table_of(const std::vector<FigureParts>& figures) {
  std::vector<Row> rows{joined({"figure", "mean"}, parts_heading)};
  for (const FigureParts& figure : figures)
    if (figure.parts.luck + figure.parts.ignorance > 0.0)  // else it says nothing beyond one run
      rows.push_back(joined({figure.label, number_text(figure, figure.parts.mean)}, parts_row(figure)));
  return aligned_table(rows);
}

std::string table_of(const std::vector<DifferenceParts>& figures) {
  std::vector<Row> rows{joined({"figure", "base", "other", "difference"}, parts_heading)};
  for (const DifferenceParts& figure : figures)
    if (figure.changed)
      rows.push_back(joined({figure.label, number_text(figure, figure.base), number_text(figure, figure.other),
                             number_text(figure, figure.parts.mean)},
                            parts_row(figure)));
  return rows.size() > 1 ? aligned_table(rows) : "No figure differs.\n";
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
    text = terminal_of(stdout).paint(colour::bold, first.title) + '\n' + sets_text(members.size(), ensemble, runs) +
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
  std::string text = terminal_of(stdout).paint(colour::bold, courses.front().scenario.title) + " (" +
                     courses.front().name + ")\n" + sets_text(members.size(), ensemble, runs);
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
