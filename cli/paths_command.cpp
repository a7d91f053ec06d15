#include "cli/paths_command.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/paths/market_path.hpp"
#include "cli/aligned_table.hpp"
#include "cli/compared_courses.hpp"
#include "cli/kept_runs.hpp"
#include "cli/options.hpp"
#include "cli/replicated_runs.hpp"
#include "models/calendar/iso_date.hpp"

namespace chokepoint::cli {
namespace {

using analysis::PathPoint;

struct CoursePath {
  std::string name;
  std::string unit;
  std::vector<PathPoint> points;
};

CoursePath run_course(const ComparedCourse& course, const analysis::PathQuestion& question, const EnsembleRuns& asked) {
  const auto runs =
      run_kept(course, asked, [&](const sim::Record& run) { return analysis::monthly_path(run, question); });
  CoursePath path{.name = course.name, .unit = {}, .points = analysis::path_bands(runs)};
  for (const sim::Record& run : runs.records)
    if (!run.figures.empty()) path.unit = run.figures.front().unit;
  return path;
}

std::string json_text(const std::vector<CoursePath>& paths, const analysis::PathQuestion& question) {
  auto list = nlohmann::ordered_json::array();
  for (const CoursePath& path : paths)
    for (const PathPoint& point : path.points)
      list.push_back({{"scenario", path.name},
                      {"product", question.product},
                      {"column", question.column},
                      {"unit", path.unit},
                      {"month", point.month},
                      {"p5", point.band.p5},
                      {"median", point.band.median},
                      {"p95", point.band.p95},
                      {"runs", point.runs}});
  return list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

/// A power of a thousand that leaves numbers short, and its word.
struct Scale {
  double divisor = 1.0;
  std::string word;
};

Scale scale_of(const std::vector<CoursePath>& paths) {
  double largest = 0.0;
  for (const CoursePath& path : paths)
    for (const PathPoint& point : path.points) largest = std::max(largest, std::abs(point.band.p95));
  if (largest >= 1e6) return {.divisor = 1e6, .word = "million "};
  if (largest >= 1e4) return {.divisor = 1e3, .word = "thousand "};
  return {};
}

std::string table_text(const std::vector<CoursePath>& paths, const analysis::PathQuestion& question) {
  const Scale scale = scale_of(paths);
  std::string unit = scale.word + paths.front().unit;
  while (!unit.empty() && unit.back() == ' ') unit.pop_back();
  std::string text = fmt::format("{}, {}{}: median and 90 % of runs\n", question.product, question.column,
                                 unit.empty() ? "" : ", " + unit);
  std::vector<std::vector<std::string>> rows{{"month"}};
  std::set<std::string> months;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::string letter(1, static_cast<char>('A' + i % 26));
    if (paths.size() > 1) text += fmt::format("{}  {}\n", letter, paths[i].name);
    rows.front().push_back(paths.size() > 1 ? letter : question.column);
    for (const PathPoint& point : paths[i].points) months.insert(point.month);
  }
  const auto number = [&](double value) { return fmt::format("{:.3g}", value / scale.divisor); };
  for (const std::string& month : months) {
    rows.push_back({month});
    for (const CoursePath& path : paths) {
      const auto point = std::ranges::find(path.points, month, &PathPoint::month);
      rows.back().push_back(point == path.points.end() ? "-"
                                                       : fmt::format("{} ({} to {})", number(point->band.median),
                                                                     number(point->band.p5), number(point->band.p95)));
    }
  }
  return text + '\n' + aligned_table(rows);
}

}  // namespace

Exit run_paths(std::span<const std::string> arguments) {
  CourseRequest request{.may_stand_alone = true};
  analysis::PathQuestion question;
  std::string from;
  std::int64_t replicates = 10;
  std::int64_t sets = 0;
  std::int64_t workers = 0;
  std::int64_t seed = -1;
  std::string format = "table";
  Options options("chokepoint paths BASE [OTHER...] --product NAME [options]",
                  "Runs scenarios with a market on the same draws and shows one of its series month by month.");
  options.operand("BASE", request.base)
      .operands("OTHER", 0, request.others)
      .option("product", "NAME", "product and form, such as \"A800 SXM server\"", question.product)
      .option("region", "NAME", "region; the first that has the product if left out", question.region)
      .option("column", "NAME", "column of market.csv: spot, rent, lead_time_days, deliveries ...; spot if left out",
              question.column)
      .option("from", "MONTH", "first month that is shown, such as 2023-06", from)
      .options("with", "SETTINGS", "beside BASE, it changed so: POINTER=VALUE, several apart by blanks", request.with)
      .options("set", "POINTER=VALUE", "changes a setting of all scenarios", request.settings)
      .option("replicates", "N", "runs each N times, of an ensemble each set; 10 if left out", replicates, 1)
      .option("sets", "M", "of the scenarios' ensemble, M sets drawn by weight; all if left out", sets, 1)
      .option("workers", "N", "runs at a time; one a core if left out", workers, 1)
      .option("seed", "N", "seed of all chance; that of BASE if left out", seed, 0)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;
  if (question.product.empty())
    throw UsageError("--product: expected a product and its form, such as \"A800 SXM server\", found none");

  if (!from.empty() && !models::parse_iso_date(from + "-01"))
    throw UsageError(fmt::format("--from: expected a month such as 2023-06, found \"{}\"", from));

  const std::deque<ComparedCourse> courses = read_courses(request);
  if (sets > 0 && !courses.front().ensemble) throw UsageError("--sets: expected a scenario with an \"ensemble\"");
  const EnsembleRuns runs{.seed = seed >= 0 ? static_cast<std::uint64_t>(seed) : courses.front().scenario.seed,
                          .replicates = replicate_count(replicates),
                          .sets = sets > 0 ? std::optional(static_cast<std::size_t>(sets)) : std::nullopt,
                          .workers = worker_count(workers)};
  std::vector<CoursePath> paths;
  for (const ComparedCourse& course : courses) {
    paths.push_back(run_course(course, question, runs));
    std::erase_if(paths.back().points, [&](const PathPoint& point) { return point.month < from; });
  }
  const std::string text = format == "json" ? json_text(paths, question) : table_text(paths, question);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
