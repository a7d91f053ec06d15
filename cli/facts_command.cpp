#include "cli/facts_command.hpp"

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "analysis/calibration/ensemble_records.hpp"
#include "analysis/facts/fact_dates.hpp"
#include "analysis/facts/fact_file.hpp"
#include "analysis/facts/judge_facts.hpp"
#include "cli/facts_text.hpp"
#include "cli/options.hpp"
#include "cli/replicated_runs.hpp"
#include "cli/terminal/progress_bar.hpp"
#include "sim/scenario/ensemble.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::cli {
namespace {

using analysis::FactJudgement;
using analysis::MarketFact;

struct FactsRequest {
  std::string scenario;
  std::optional<std::string> facts;
  std::vector<std::string> settings;
  std::int64_t seed = -1;
  std::int64_t replicates = 20;
  std::int64_t sets = 0;
  std::int64_t workers = 0;
};

struct FactsInput {
  std::vector<MarketFact> facts;
  std::optional<sim::ScenarioDocument> document;
  std::optional<sim::Ensemble> ensemble;
  sim::Scenario scenario;
};

void need_market(const sim::ScenarioDocument& document, const std::string& file) {
  if (document.root().contains("market")) return;
  throw sim::InputError({.file = file,
                         .where = "/",
                         .expected = "a \"market\", whose prices facts can be held against",
                         .found = "a scenario without one"});
}

void need_dates(const FactsInput& input, const std::string& file) {
  if (const auto days = analysis::run_days(input.scenario)) analysis::need_facts_within(*days, input.facts, file);
}

FactsInput read_input(const FactsRequest& request) {
  FactsInput input;
  std::vector<sim::Fault> faults;
  const auto gather = [&](const auto& part) {
    try {
      part();
    } catch (const sim::InputError& error) {
      faults.insert(faults.end(), error.faults().begin(), error.faults().end());
    }
  };
  gather([&] { input.facts = request.facts ? analysis::load_facts(*request.facts) : analysis::shipped_facts(); });
  gather([&] {
    input.document.emplace(request.scenario);
    for (const std::string& setting : request.settings) input.document->set(sim::parse_setting(setting));
    need_market(*input.document, request.scenario);
    input.ensemble = sim::ensemble_of(*input.document);
    input.scenario = sim::load_scenario(*input.document);
  });
  sim::throw_if_any(std::move(faults));
  need_dates(input, request.facts.value_or("the program's own facts"));
  return input;
}

std::vector<FactJudgement> judge_replicates(const FactsInput& input, const FactsRequest& request, std::uint64_t seed) {
  const analysis::Course course{.name = request.scenario, .simulate = [&](const auto& run, const auto& progress) {
                                  return analysis::observed_record(sim::simulate(input.scenario, run, progress),
                                                                   input.facts, input.scenario.money);
                                }};
  const auto records = run_watched(
      {&course, 1},
      {.seed = seed, .replicates = replicate_count(request.replicates), .workers = worker_count(request.workers)});
  return analysis::judge_facts(input.facts, records.front());
}

std::vector<FactJudgement> judge_members(const FactsInput& input, const FactsRequest& request, std::uint64_t seed) {
  const std::size_t sets = request.sets > 0 ? static_cast<std::size_t>(request.sets) : input.ensemble->sets.size();
  const auto members = analysis::drawn_members(*input.ensemble, sets, seed);
  std::vector<sim::Record> observed;
  std::vector<double> weights;
  ProgressBar bar;
  const auto records = analysis::run_members(
      {.document = *input.document, .ensemble = *input.ensemble, .members = members},
      {.seed = seed,
       .replicates = replicate_count(request.replicates),
       .workers = worker_count(request.workers),
       .keep =
           [&](const sim::Record& run) { return analysis::observed_record(run, input.facts, input.scenario.money); }},
      [&bar](double share) { bar.update(share, std::nullopt); });
  for (std::size_t i = 0; i < members.size(); ++i)
    for (const sim::Record& record : records[i]) {
      observed.push_back(record);
      weights.push_back(members[i].weight);
    }
  return analysis::judge_facts(input.facts, observed, weights);
}

}  // namespace

Exit run_facts(std::span<const std::string> arguments) {
  FactsRequest request;
  std::string format = "text";
  Options options("chokepoint facts SCENARIO [options]",
                  "Runs a scenario with a market and holds reported prices, lead times and units against its own.");
  options.operand("SCENARIO", request.scenario)
      .option("facts", "FILE.csv", "reported figures; the program's own, up to October 2023, if left out",
              request.facts)
      .options("set", "POINTER=VALUE", "changes a setting, such as /seed=2", request.settings)
      .option("seed", "N", "seed of all chance; the scenario's if left out", request.seed, 0)
      .option("replicates", "N", "runs, each with draws of its own; of an ensemble for each set", request.replicates, 1)
      .option("sets", "M", "of the scenario's ensemble, M sets drawn by weight; all if left out", request.sets, 1)
      .option("workers", "N", "runs at a time; one a core if left out", request.workers, 1)
      .choice("format", {"text", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;

  const FactsInput input = read_input(request);
  if (request.sets > 0 && !input.ensemble) throw UsageError("--sets: expected a scenario with an \"ensemble\"");
  const std::uint64_t seed = request.seed >= 0 ? static_cast<std::uint64_t>(request.seed) : input.scenario.seed;
  const auto judgements = input.ensemble ? judge_members(input, request, seed) : judge_replicates(input, request, seed);
  const std::string text = format == "json" ? facts_json(judgements) : facts_table(judgements);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
