#include "cli/compare_command.hpp"

#include <algorithm>
#include <cstdio>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/comparison/explanation.hpp"
#include "cli/compared_courses.hpp"
#include "cli/ensemble_runs.hpp"
#include "cli/options.hpp"
#include "cli/replicated_runs.hpp"
#include "cli/terminal/comparison_table.hpp"
#include "cli/terminal/explanation_table.hpp"
#include "cli/terminal/progress_bar.hpp"

namespace chokepoint::cli {
namespace {

using analysis::CourseFigures;
using analysis::Difference;

/// Of the figures that are subtracted those that --figure names, or else what differs in cost and energy.
std::vector<std::string> keys_to_explain(const std::vector<std::string>& asked, const std::vector<Difference>& rows) {
  static const std::vector<std::string> usual{"electricity_cost", "capital_cost", "energy_mwh"};
  const std::vector<std::string>& wanted = asked.empty() ? usual : asked;
  std::vector<std::string> keys;
  for (const Difference& row : rows)
    if (row.difference && row.changed && std::ranges::find(wanted, row.figure) != wanted.end())
      keys.push_back(row.figure);
  return keys;
}

struct Compared {
  std::vector<Difference> rows;
  std::optional<analysis::Explanation> explanation;
};

std::string json_text(const std::vector<Compared>& all) {
  auto list = nlohmann::ordered_json::array();
  for (const Compared& one : all)
    for (const Difference& row : one.rows) {
      list.push_back(analysis::difference_json(row));
      if (!one.explanation) continue;
      const auto found = std::ranges::find(one.explanation->figures, row.figure, &analysis::ExplainedFigure::figure);
      if (found == one.explanation->figures.end()) continue;
      list.back()["contributions"] = analysis::contributions_json(*one.explanation, *found);
    }
  return list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace

Exit run_compare(std::span<const std::string> arguments) {
  CourseRequest request;
  std::int64_t replicates = 10;
  std::int64_t sets = 0;
  std::int64_t workers = 0;
  std::int64_t seed = -1;
  bool explains = false;
  std::vector<std::string> keys;
  std::string format = "table";
  Options options(
      "chokepoint compare BASE [OTHER...] [options]",
      "Runs scenarios on the same draws of chance and shows what differs from the first, with 90 % intervals.");
  options.operand("BASE", request.base)
      .operands("OTHER", 0, request.others)
      .options("with", "SETTINGS", "compares with BASE changed so: POINTER=VALUE, several apart by blanks",
               request.with)
      .options("set", "POINTER=VALUE", "changes a setting of all scenarios, such as /sites/0/pue=1.2", request.settings)
      .option("replicates", "N", "runs each N times; 10 if left out", replicates, 1)
      .option("sets", "M", "of the scenarios' ensemble, M sets drawn by weight; all if left out", sets, 1)
      .option("workers", "N", "runs at a time; one a core if left out", workers, 1)
      .option("seed", "N", "seed of all chance; that of BASE if left out", seed, 0)
      .flag("explain", "what each changed setting contributes", explains)
      .options("figure", "KEY", "shows and explains this figure only, such as energy_mwh", keys)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;

  const std::deque<ComparedCourse> courses = read_courses(request);
  const analysis::ReplicateOptions runs{
      .seed = seed >= 0 ? static_cast<std::uint64_t>(seed) : courses.front().scenario.seed,
      .replicates = replicate_count(replicates),
      .workers = worker_count(workers)};
  const bool named =
      std::ranges::any_of(courses, [](const ComparedCourse& course) { return course.ensemble.has_value(); });
  if (sets > 0 && (!named || replicates == 1))
    throw UsageError("--sets: expected scenarios with an \"ensemble\" and --replicates of at least 2");
  if (named && replicates > 1) {
    if (explains)
      throw UsageError(
          "--explain: expected scenarios without an \"ensemble\", or --replicates 1 for its best set, found one");
    compare_and_show(courses,
                     {.seed = runs.seed,
                      .replicates = runs.replicates,
                      .sets = sets > 0 ? std::optional(static_cast<std::size_t>(sets)) : std::nullopt,
                      .workers = runs.workers},
                     keys, parse_format(format));
    return Exit::ok;
  }
  std::vector<analysis::Course> to_run;
  for (const ComparedCourse& course : courses) to_run.push_back(analysis::course_of(course.name, course.scenario));
  std::vector<CourseFigures> figures;
  for (const auto& records : run_watched(to_run, runs))
    figures.push_back({.name = courses[figures.size()].name, .figures = analysis::figure_samples(records)});
  check_figures(keys, figures);

  std::vector<Compared> all;
  for (std::size_t i = 1; i < courses.size(); ++i) {
    Compared one{.rows = analysis::differences(figures[0], figures[i]), .explanation = {}};
    if (!keys.empty())
      std::erase_if(one.rows, [&](const Difference& row) { return std::ranges::find(keys, row.figure) == keys.end(); });
    if (explains) {
      ProgressBar bar;
      one.explanation = analysis::explain({.base = courses[0].document,
                                           .other = courses[i].document,
                                           .base_figures = figures[0],
                                           .other_figures = figures[i]},
                                          keys_to_explain(keys, one.rows), runs,
                                          [&bar](double share) { bar.update(share, std::nullopt); });
    }
    all.push_back(std::move(one));
  }

  const Terminal terminal = terminal_of(stdout);
  std::string text = format == "json" ? json_text(all) : "";
  if (format == "table") {
    text = comparison_heading({.name = courses.front().name,
                               .title = courses.front().scenario.title,
                               .seed = runs.seed,
                               .replicates = runs.replicates},
                              terminal);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string& own = courses[i + 1].scenario.title;
      const std::string title = own == courses.front().scenario.title ? "" : own;
      text += '\n' + comparison_table({.name = figures[i + 1].name, .title = title, .rows = all[i].rows}, terminal);
      if (all[i].explanation) text += '\n' + explanation_table(*all[i].explanation, terminal);
    }
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
