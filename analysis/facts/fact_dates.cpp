#include "analysis/facts/fact_dates.hpp"

#include <vector>

#include <fmt/format.h>

#include "models/calendar/iso_date.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {

std::optional<RunDays> run_days(const sim::Scenario& scenario) {
  using namespace std::chrono;
  if (!scenario.end) return std::nullopt;
  const auto run_in = seconds(static_cast<std::int64_t>(scenario.run_in_s));
  return RunDays{.first = local_days(ceil<days>(scenario.start + run_in).time_since_epoch()),
                 .last = local_days(floor<days>(*scenario.end - seconds(1)).time_since_epoch())};
}

void need_facts_within(const RunDays& run, std::span<const MarketFact> facts, const std::string& file) {
  std::vector<sim::Fault> faults;
  for (const MarketFact& fact : facts)
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
