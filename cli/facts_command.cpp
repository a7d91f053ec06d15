#include "cli/facts_command.hpp"

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "analysis/facts/fact_dates.hpp"
#include "analysis/facts/fact_file.hpp"
#include "analysis/facts/judge_facts.hpp"
#include "cli/facts_text.hpp"
#include "cli/kept_runs.hpp"
#include "cli/options.hpp"
#include "cli/replicated_runs.hpp"
#include "cli/terminal/terminal.hpp"
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
  std::optional<ComparedCourse> course;
};

void need_market(const sim::ScenarioDocument& document, const std::string& file) {
  if (document.root().contains("market")) return;
  throw sim::InputError({.file = file,
                         .where = "/",
                         .expected = "a \"market\", whose prices facts can be held against",
                         .found = "a scenario without one"});
}

void need_dates(const FactsInput& input, const std::string& file) {
  if (const auto days = analysis::run_days(input.course->scenario))
    analysis::need_facts_within(*days, input.facts, file);
}

FactsInput read_input(const FactsRequest& request) {
  FactsInput input;
  std::vector<sim::Fault> faults;
  sim::gather_faults(
      faults, [&] { input.facts = request.facts ? analysis::load_facts(*request.facts) : analysis::shipped_facts(); });
  sim::gather_faults(faults, [&] {
    sim::ScenarioDocument document = sim::load_document(request.scenario, {{request.settings}});
    need_market(document, request.scenario);
    auto ensemble = sim::ensemble_of(document);
    sim::Scenario scenario = sim::load_scenario(document);
    input.course.emplace(
        ComparedCourse{request.scenario, std::move(document), std::move(scenario), std::move(ensemble)});
  });
  sim::throw_if_any(std::move(faults));
  need_dates(input, request.facts.value_or("the program's own facts"));
  return input;
}

std::vector<FactJudgement> judge(const FactsInput& input, const EnsembleRuns& runs) {
  return analysis::judge_facts(input.facts, run_kept(*input.course, runs, [&](const sim::Record& run) {
                                 return analysis::observed_record(run, input.facts, input.course->scenario.money);
                               }));
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
  if (request.sets > 0 && !input.course->ensemble) throw UsageError("--sets: expected a scenario with an \"ensemble\"");
  const auto judgements =
      judge(input, {.seed = request.seed >= 0 ? static_cast<std::uint64_t>(request.seed) : input.course->scenario.seed,
                    .replicates = replicate_count(request.replicates),
                    .sets = request.sets > 0 ? std::optional(static_cast<std::size_t>(request.sets)) : std::nullopt,
                    .workers = worker_count(request.workers)});
  const std::string text = format == "json"
                               ? facts_json(judgements)
                               : facts_table(judgements, static_cast<std::size_t>(terminal_of(stdout).width));
  std::fwrite(text.data(), 1, text.size(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
