#include <array>

#include "cli/bill_command.hpp"
#include "cli/calibrate_command.hpp"
#include "cli/cases_command.hpp"
#include "cli/catalogue_command.hpp"
#include "cli/check_command.hpp"
#include "cli/command.hpp"
#include "cli/compare_command.hpp"
#include "cli/export_command.hpp"
#include "cli/facts_command.hpp"
#include "cli/merge_command.hpp"
#include "cli/new_command.hpp"
#include "cli/paths_command.hpp"
#include "cli/replay_command.hpp"
#include "cli/run_command.hpp"
#include "cli/schema_command.hpp"
#include "cli/sweep_command.hpp"
#include "cli/train_command.hpp"

namespace chokepoint::cli {

std::span<const Command> commands() {
  static constexpr auto all = std::to_array<Command>({
      {"run", "a scenario: cost, utilization, electricity", run_run},
      {"compare", "scenarios on the same draws: what differs, how surely, and why", run_compare},
      {"replay", "a job trace on a cluster: waits, utilization, energy, bill", run_replay},
      {"bill", "what a load costs on a tariff", run_bill},
      {"train", "one training run: plan, step time, days, energy, cost", run_train},
      {"calibrate", "parameters fitted to facts: an ensemble of sets that fit", run_calibrate},
      {"sweep", "a study: a scenario varied over many points, kept in a store", run_sweep},
      {"merge", "the stores of a study's shards put into one", run_merge},
      {"export", "a store as comma-separated values", run_export},
      {"cases", "what the press printed and what comes out, side by side", run_cases},
      {"facts", "reported prices and lead times held against runs of a market", run_facts},
      {"paths", "a series of a market month by month, in a scenario and what is changed of it", run_paths},
      {"check", "every fault of scenarios and studies, or what scenarios simulate in words", run_check},
      {"new", "a commented scenario to start from", run_new},
      {"catalogue", "what is known of accelerators, servers and the rest, with sources", run_catalogue},
      {"schema", "JSON Schema of scenario files", run_schema},
  });
  return all;
}

}  // namespace chokepoint::cli
