#include "analysis/replicates/run_replicates.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "analysis/pool/run_pool.hpp"
#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

using TakeResult = std::function<void(const Course& course, std::uint32_t replicate, RunResult result)>;

Run run_of(const Course& course, const sim::RunOptions& run, bool keep_series) {
  return [&course, run, keep_series](const sim::Progress& progress) {
    sim::Record record = course.simulate(run, progress);
    std::erase_if(record.tables, [&](const sim::Table& table) { return !keep_series || table.name != "series"; });
    return record;
  };
}

/// Results come in the order of courses and, within, of replicates.
void stream_courses(std::span<const Course> courses, const ReplicateOptions& options, const TakeResult& take,
                    const std::function<void(double)>& on_share) {
  models::expects(options.replicates >= 1, "at least one replicate is run");
  const std::size_t runs = courses.size() * options.replicates;
  std::vector<double> shares(runs, 0.0);
  const auto course_of = [&](std::uint64_t run) -> const Course& { return courses[run / options.replicates]; };
  const auto replicate_of = [&](std::uint64_t run) {
    return options.first_replicate + static_cast<std::uint32_t>(run % options.replicates);
  };
  std::uint64_t next = 0;
  RunPool({.workers = options.workers})
      .stream([&] { return next < runs ? std::optional(next++) : std::nullopt; },
              [&](std::uint64_t run) {
                return run_of(course_of(run), {.seed = options.seed, .replicate = replicate_of(run)},
                              options.keep_series);
              },
              [&](std::uint64_t run, RunResult result, const RunUse&) {
                shares[run] = 1.0;
                take(course_of(run), replicate_of(run), std::move(result));
              },
              RunPool::Order::submission,
              [&](std::uint64_t index, const RunProgress& progress) {
                shares[index] = progress.share;
                if (on_share) on_share(std::reduce(shares.begin(), shares.end()) / static_cast<double>(runs));
              });
}

/// Faults of a scenario that only a run brings to light, and what other failures say, tell of which run they are.
RunResult named(RunResult result, const std::string& run) {
  auto* failure = std::get_if<RunFailure>(&result);
  if (failure == nullptr) return result;
  for (sim::Fault& fault : failure->faults) fault.hint += (fault.hint.empty() ? "" : "; ") + run;
  failure->text += (failure->text.empty() ? "" : " ") + ("(" + run + ")");
  return result;
}

}  // namespace

Course course_of(std::string name, const sim::Scenario& scenario) {
  return {.name = std::move(name), .simulate = [&scenario](const sim::RunOptions& run, const sim::Progress& progress) {
            return sim::simulate(scenario, run, progress);
          }};
}

std::vector<std::vector<RunResult>> run_courses(std::span<const Course> courses, const ReplicateOptions& options,
                                                const std::function<void(double)>& on_share) {
  std::vector<std::vector<RunResult>> results(courses.size());
  stream_courses(
      courses, options,
      [&](const Course& course, std::uint32_t, RunResult result) {
        results[static_cast<std::size_t>(&course - courses.data())].push_back(std::move(result));
      },
      on_share);
  return results;
}

std::vector<std::vector<sim::Record>> run_replicates(std::span<const Course> courses, const ReplicateOptions& options,
                                                     const std::function<void(double)>& on_share) {
  std::vector<std::vector<sim::Record>> records(courses.size());
  stream_courses(
      courses, options,
      [&](const Course& course, std::uint32_t replicate, RunResult result) {
        const std::string run = fmt::format("replicate {} of {}", replicate, course.name);
        records[static_cast<std::size_t>(&course - courses.data())].push_back(
            record_or_throw(named(std::move(result), run)));
      },
      on_share);
  return records;
}

}  // namespace chokepoint::analysis
