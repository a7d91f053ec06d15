#include "cli/compared_courses.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "sim/input/fault.hpp"
#include "sim/input/near_name.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::cli {
namespace {

/// A fault of the base is also one of every course made of it: once is enough.
void gather(const sim::InputError& error, std::vector<sim::Fault>& faults) {
  for (const sim::Fault& fault : error.faults())
    if (std::ranges::none_of(faults, [&](const sim::Fault& known) { return known.text() == fault.text(); }))
      faults.push_back(fault);
}

}  // namespace

std::vector<std::string> split_settings(const std::string& text) {
  std::vector<std::string> settings;
  std::size_t begin = 0;
  for (std::size_t at = text.find(" /"); at != std::string::npos; at = text.find(" /", at + 1)) {
    const std::size_t stop = text.find_first_of("= ", at + 1);
    if (stop == std::string::npos || text[stop] != '=') continue;
    settings.push_back(text.substr(begin, at - begin));
    begin = at + 1;
  }
  settings.push_back(text.substr(begin));
  return settings;
}

std::deque<ComparedCourse> read_courses(const CourseRequest& request) {
  if (!request.may_stand_alone && request.others.empty() && request.with.empty())
    throw UsageError("expected a scenario to compare " + request.base +
                     " with, or --with POINTER=VALUE, found neither");
  std::deque<ComparedCourse> courses;
  std::vector<sim::Fault> faults;
  const auto add = [&](const std::string& name, const std::string& file, const std::vector<std::string>& with) {
    try {
      sim::ScenarioDocument document = sim::load_document(file, {{request.settings}, {with, "--with"}});
      sim::Scenario scenario = sim::load_scenario(document);
      auto ensemble = sim::ensemble_of(document);
      courses.push_back({name, std::move(document), std::move(scenario), std::move(ensemble)});
    } catch (const sim::InputError& error) {
      gather(error, faults);
    }
  };
  add(request.base, request.base, {});
  for (const std::string& file : request.others) add(file, file, {});
  for (const std::string& text : request.with) add(text, request.base, split_settings(text));
  sim::throw_if_any(std::move(faults));
  return courses;
}

void check_figures(const std::vector<std::string>& keys, const std::vector<analysis::CourseFigures>& courses) {
  std::vector<std::string> known;
  for (const analysis::CourseFigures& course : courses)
    for (const analysis::FigureSample& sample : course.figures) known.push_back(sample.key);
  std::vector<sim::Fault> faults;
  for (const std::string& key : keys)
    if (std::ranges::find(known, key) == known.end())
      faults.push_back({.file = "--figure",
                        .where = {},
                        .expected = "the key of a figure, such as \"energy_mwh\" (all: run --format json)",
                        .found = '"' + key + '"',
                        .hint = sim::near_name_hint(key, known)});
  sim::throw_if_any(std::move(faults));
}

void expect_one_ensemble(const std::deque<ComparedCourse>& courses) {
  const std::optional<sim::Ensemble>& first = courses.front().ensemble;
  for (const ComparedCourse& course : courses) {
    if (first && course.ensemble ? first->same_sets(*course.ensemble) : !first && !course.ensemble) continue;
    const auto named = [](const ComparedCourse& one) {
      return one.name + " with " + (one.ensemble ? one.ensemble->file : "none");
    };
    throw UsageError(fmt::format(
        "expected scenarios of one \"ensemble\", so that each of its sets is run in all of them, found {} and "
        "{}; --set /ensemble=FILE gives all of them one",
        named(courses.front()), named(course)));
  }
}

}  // namespace chokepoint::cli
