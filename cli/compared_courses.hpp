#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "analysis/comparison/difference.hpp"
#include "sim/scenario/ensemble.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/scenario_document.hpp"

namespace chokepoint::cli {

/// What `compare` is asked to run.
struct CourseRequest {
  std::string base;
  std::vector<std::string> others;
  /// Of each further course, the settings that make it of the base: "POINTER=VALUE", several apart by blanks.
  std::vector<std::string> with;
  /// For all courses.
  std::vector<std::string> settings;
  /// Whether the base needs no other beside it.
  bool may_stand_alone = false;
};

/// A scenario under comparison, known by its file, or by what is changed of the base.
struct ComparedCourse {
  std::string name;
  sim::ScenarioDocument document;
  sim::Scenario scenario;
  /// That it names.
  std::optional<sim::Ensemble> ensemble;
};

/// The base first, then the files, then what --with makes of the base. Throws InputError with the faults of all of
/// them, each once, and UsageError where there is nothing to compare with but ought to be.
std::deque<ComparedCourse> read_courses(const CourseRequest& request);

/// Throws InputError with those of `keys` that are figures of none of the courses.
void check_figures(const std::vector<std::string>& keys, const std::vector<analysis::CourseFigures>& courses);

/// Throws UsageError unless all of them name the same sets, without which sets could not be paired.
void expect_one_ensemble(const std::deque<ComparedCourse>& courses);

/// "/a=1" and "/b=x y" of "/a=1 /b=x y": a blank parts settings where a pointer with its equals sign follows.
std::vector<std::string> split_settings(const std::string& text);

}  // namespace chokepoint::cli
