#include "analysis/calibration/ensemble_records.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/calibration/figure_number.hpp"
#include "analysis/pool/run_pool.hpp"
#include "sim/kernel/random_stream.hpp"
#include "sim/scenario/load_scenario.hpp"
#include "sim/world/simulate.hpp"

namespace chokepoint::analysis {
std::vector<Kept> drawn_members(const sim::Ensemble& ensemble, std::size_t count, std::uint64_t seed) {
  std::vector<double> weights;
  for (const sim::Ensemble::Set& set : ensemble.sets) weights.push_back(set.weight);
  sim::RandomStream draws(seed, 0, "ensemble/members");
  return thinned(weights, count, draws.uniform());
}

std::vector<std::vector<sim::Record>> run_members(const MembersInScenario& what, const MemberRuns& runs,
                                                  const std::function<void(double)>& on_share) {
  const std::size_t all = what.members.size() * runs.replicates;
  std::uint64_t next = 0, done = 0;
  std::vector<std::vector<sim::Record>> records(what.members.size());
  const auto source = [&] { return next < all ? std::optional(next++) : std::nullopt; };
  const auto run_of = [&](std::uint64_t key) -> Run {
    const sim::Ensemble::Set& set = what.ensemble.sets[what.members[key / runs.replicates].index];
    const auto replicate = static_cast<std::uint32_t>(key % runs.replicates);
    return [&what, &set, &runs, replicate](const sim::Progress& progress) {
      sim::ScenarioDocument document = what.document;
      sim::apply(document, what.ensemble, set);
      sim::Record record =
          sim::simulate(sim::load_scenario(document), {.seed = runs.seed, .replicate = replicate}, progress);
      if (runs.keep) return runs.keep(record);
      record.tables.clear();
      return record;
    };
  };
  const auto sink = [&](std::uint64_t key, RunResult result, const RunUse&) {
    records[key / runs.replicates].push_back(record_or_throw(std::move(result)));
    if (on_share) on_share(static_cast<double>(++done) / static_cast<double>(all));
  };
  RunPool({.workers = runs.workers}).stream(source, run_of, sink, RunPool::Order::submission);
  return records;
}

std::vector<FigureParts> figure_parts(const std::vector<std::vector<sim::Record>>& records,
                                      const std::vector<Kept>& members) {
  std::vector<double> weights;
  for (const Kept& member : members) weights.push_back(member.weight);
  std::vector<FigureParts> figures;
  for (const sim::Figure& figure : records.front().front().figures) {
    std::vector<std::vector<double>> values;
    for (const auto& replicates : records) {
      std::vector<double>& of_set = values.emplace_back();
      for (const sim::Record& record : replicates) of_set.push_back(figure_number(record, figure.key));
    }
    const auto finite = [](const std::vector<double>& of_set) {
      return std::ranges::all_of(of_set, [](double value) { return std::isfinite(value); });
    };
    if (std::ranges::all_of(values, finite))
      figures.push_back(
          {.key = figure.key, .label = figure.label, .unit = figure.unit, .parts = variance_parts(values, weights)});
  }
  return figures;
}

}  // namespace chokepoint::analysis
