#include "analysis/calibration/ensemble_records.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/calibration/figure_number.hpp"
#include "analysis/pool/run_pool.hpp"
#include "models/contract/expects.hpp"
#include "sim/kernel/random_stream.hpp"
#include "sim/scenario/load_scenario.hpp"
#include "sim/world/simulate.hpp"

namespace chokepoint::analysis {
namespace {

constexpr double rounding = 1e-12;

std::vector<double> weights_of(const std::vector<Kept>& members) {
  std::vector<double> weights;
  for (const Kept& member : members) weights.push_back(member.weight);
  return weights;
}

/// None where a record has no such number.
std::optional<std::vector<std::vector<double>>> numbers_of(const MemberRecords& records, const std::string& key) {
  std::vector<std::vector<double>> values;
  for (const auto& replicates : records) {
    std::vector<double>& of_set = values.emplace_back();
    for (const sim::Record& record : replicates) {
      of_set.push_back(figure_number(record, key));
      if (!std::isfinite(of_set.back())) return std::nullopt;
    }
  }
  return values;
}

}  // namespace

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

std::vector<FigureParts> figure_parts(const MemberRecords& records, const std::vector<Kept>& members) {
  const std::vector<double> weights = weights_of(members);
  std::vector<FigureParts> figures;
  for (const sim::Figure& figure : records.front().front().figures)
    if (const auto values = numbers_of(records, figure.key))
      figures.push_back({.key = figure.key,
                         .label = figure.label,
                         .unit = figure.unit,
                         .group = figure.group,
                         .parts = variance_parts(*values, weights)});
  return figures;
}

std::vector<DifferenceParts> difference_parts(const MemberRecords& base, const MemberRecords& other,
                                              const std::vector<Kept>& members) {
  models::expects(base.size() == other.size() && base.front().size() == other.front().size(),
                  "the same sets and replicates of both");
  const std::vector<double> weights = weights_of(members);
  std::vector<DifferenceParts> figures;
  for (const sim::Figure& figure : base.front().front().figures) {
    const sim::Figure* theirs = other.front().front().find_figure(figure.key);
    if (theirs == nullptr || theirs->unit != figure.unit) continue;
    const auto before = numbers_of(base, figure.key);
    auto after = numbers_of(other, figure.key);
    if (!before || !after) continue;
    DifferenceParts row{
        .key = figure.key, .label = figure.label, .unit = figure.unit, .group = figure.group, .parts = {}};
    row.base = variance_parts(*before, weights).mean;
    row.other = variance_parts(*after, weights).mean;
    for (std::size_t k = 0; k < after->size(); ++k)
      for (std::size_t r = 0; r < (*after)[k].size(); ++r) {
        double& value = (*after)[k][r];
        const double size = std::max(std::abs(value), std::abs((*before)[k][r]));
        value -= (*before)[k][r];
        row.changed = row.changed || std::abs(value) > rounding * size;
      }
    row.parts = variance_parts(*after, weights);
    figures.push_back(std::move(row));
  }
  return figures;
}

}  // namespace chokepoint::analysis
