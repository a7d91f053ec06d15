#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "analysis/pool/run_result.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/simulate.hpp"

namespace chokepoint::analysis {

/// A world to simulate several times.
struct Course {
  /// In messages about its runs, such as the file.
  std::string name;
  /// Called in a forked process.
  std::function<sim::Record(const sim::RunOptions&, const sim::Progress&)> simulate;
};

/// `scenario` must outlive it.
Course course_of(std::string name, const sim::Scenario& scenario);

struct ReplicateOptions {
  std::uint64_t seed = 1;
  std::uint32_t replicates = 1;
  std::uint32_t first_replicate = 0;
  std::size_t workers = 1;
  /// Of the tables of records only the series stay, and not even they unless asked for: many records lie in memory.
  bool keep_series = false;
};

/// Every course with every replicate, all with one seed, so that what courses have in common draws the same
/// chance in the same replicate. The results of a course stand together: [course][replicate], the same for any number
/// of workers. `on_share` is told now and then which share of all runs is done.
std::vector<std::vector<RunResult>> run_courses(std::span<const Course> courses, const ReplicateOptions& options,
                                                const std::function<void(double)>& on_share = {});

/// The same where every run must leave a record. The first that does not ends the rest: throws InputError or RunError
/// with the name of its course and its replicate.
std::vector<std::vector<sim::Record>> run_replicates(std::span<const Course> courses, const ReplicateOptions& options,
                                                     const std::function<void(double)>& on_share = {});

}  // namespace chokepoint::analysis
