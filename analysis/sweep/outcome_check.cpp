#include "analysis/sweep/outcome_check.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sim/input/near_name.hpp"

namespace chokepoint::analysis {

std::vector<sim::Fault> outcome_faults(const Study& study, std::span<const sim::Record> records, UnknownOutcomes told) {
  if (records.empty()) return {};
  std::set<std::string> figures;
  std::set<std::string> columns;
  for (const sim::Record& record : records) {
    for (const sim::Figure& figure : record.figures) figures.insert(figure.key);
    if (const sim::Table* series = record.find_table("series"))
      for (const sim::Column& column : series->columns)
        if (!std::holds_alternative<sim::TextColumn>(column.values)) columns.insert(column.name);
  }
  std::vector<sim::Fault> faults;
  const auto check = [&](std::string place, const std::string& name, const std::set<std::string>& known,
                         std::string expected) {
    // One without a name was refused before.
    if (name.empty() || known.contains(name)) return;
    const std::vector<std::string> names(known.begin(), known.end());
    std::string hint = sim::near_name_hint(name, names);
    if (hint.empty() && told == UnknownOutcomes::near) return;
    if (hint.empty()) hint = fmt::format("there are {}", fmt::join(names, ", "));
    faults.push_back({.file = study.file,
                      .where = std::move(place),
                      .expected = std::move(expected),
                      .found = '"' + name + '"',
                      .hint = std::move(hint)});
  };
  for (std::size_t i = 0; i < study.outcomes.size(); ++i)
    check(fmt::format("/outcomes/{}", i), study.outcomes[i].figure, figures, "a key figure of the runs");
  for (std::size_t i = 0; i < study.series.size(); ++i)
    check(fmt::format("/series/{}", i), study.series[i], columns, "a column of numbers in the runs' series");
  return faults;
}

}  // namespace chokepoint::analysis
