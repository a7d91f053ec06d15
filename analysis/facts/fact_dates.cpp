#include "analysis/facts/fact_dates.hpp"

#include <vector>

#include <fmt/format.h>

#include "models/calendar/iso_date.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {

void need_facts_within(const RunDays& run, std::span<const PriceFact> facts, const std::string& file) {
  std::vector<sim::Fault> faults;
  for (const PriceFact& fact : facts)
    if (fact.from < run.first || fact.to > run.last)
      faults.push_back({.file = file,
                        .where = fact.id,
                        .expected = fmt::format("a fact within the run, {} to {}", models::format_date(run.first),
                                                models::format_date(run.last)),
                        .found = fmt::format("{} to {}", models::format_date(fact.from), models::format_date(fact.to)),
                        .hint = {}});
  if (faults.size() == facts.size()) sim::throw_if_any(std::move(faults));
}

}  // namespace chokepoint::analysis
