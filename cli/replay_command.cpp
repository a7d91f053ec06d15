#include "cli/replay_command.hpp"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/options.hpp"
#include "cli/simulation.hpp"
#include "models/scheduling/placement.hpp"
#include "models/scheduling/scheduler.hpp"
#include "sim/input/csv_table.hpp"
#include "sim/scenario/replay_scenario.hpp"
#include "sim/workload/trace_work.hpp"

namespace chokepoint::cli {
namespace {

std::vector<std::string> list(std::span<const std::string> names) {
  return {names.begin(), names.end()};
}

models::IsoDate read_start_date(const std::string& text) {
  const auto date = models::parse_iso_date(text);
  if (!date)
    throw UsageError(fmt::format("--start: expected a date that exists, such as 2023-10-17, found \"{}\"", text));
  return *date;
}

double read_pue(const std::string& text) {
  const auto pue = sim::parse_number(text);
  if (!pue || !(*pue >= 1.0) || *pue > 10.0)
    throw UsageError(fmt::format("--pue: expected a number from 1 to 10, found \"{}\"", text));
  return *pue;
}

/// Which columns of the trace were understood, on standard error.
void say_columns(const sim::Scenario& scenario) {
  const auto* work = dynamic_cast<const sim::TraceWork*>(scenario.fleets.front().works.front().work.get());
  if (work == nullptr) return;
  const sim::Trace& trace = work->trace();
  fmt::print(stderr, "{}: columns read: {}", trace.file, fmt::join(trace.understood, ", "));
  if (!trace.passed_over.empty()) fmt::print(stderr, "; passed over: {}", fmt::join(trace.passed_over, ", "));
  fmt::print(stderr, "\n");
}

}  // namespace

Exit run_replay(std::span<const std::string> arguments) {
  sim::ReplayRequest request;
  std::string trace;
  std::int64_t nodes = 0;
  std::int64_t gpus_per_node = 0;
  std::optional<std::string> tenants;
  std::optional<std::string> start;
  std::optional<std::string> pue;
  std::optional<std::string> out;
  std::string format = "table";
  Options options("chokepoint replay TRACE --nodes N | --tenants FILE [options]",
                  "Replays a job trace on a cluster and shows waits, utilization, energy and the bill.\n"
                  "TRACE is CSV, plain or gzip, with the columns job_id, submit_time_s, duration_s, gpus and, where\n"
                  "they are there, vc (tenant), user (owner), announced_s, priority; or a trace as Helios or Acme\n"
                  "publish it, in the Standard Workload Format, or of sacct --parsable2.");
  options.operand("TRACE", trace)
      .option("nodes", "N", "nodes that all jobs share", nodes, 1)
      .option("tenants", "FILE", "nodes by tenant: CSV of name and nodes, or a JSON object", tenants)
      .option("gpus-per-node", "N", "GPUs of a node; the server's if left out", gpus_per_node, 1)
      .choice("policy", list(models::scheduler_names()), "which job goes first", request.policy)
      .choice("placement", list(models::placement_names()), "which nodes a job gets", request.placement)
      .option("server", "NAME", "server of the catalogue", request.server)
      .option("tariff", "NAME|FILE", "what electricity costs", request.tariff)
      .option("start", "DATE", "date of second 0 of the trace; its own if left out", start)
      .option("time-zone", "ZONE", "clock of the tariff, such as Asia/Shanghai", request.time_zone)
      .option("pue", "X", "facility power over IT power", pue)
      .option("out", "DIR", "writes summary.json, series.csv, jobs.csv, bills.csv and run.svg", out)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;

  if ((nodes > 0) == tenants.has_value())
    throw UsageError(fmt::format("expected either --nodes or --tenants, found {}", nodes > 0 ? "both" : "neither"));
  if (nodes > 100'000'000) throw UsageError(fmt::format("--nodes: expected at most 100000000, found {}", nodes));
  if (gpus_per_node > 1024)
    throw UsageError(fmt::format("--gpus-per-node: expected at most 1024, found {}", gpus_per_node));
  request.trace = trace;
  if (nodes > 0) request.nodes = static_cast<std::uint32_t>(nodes);
  if (tenants) request.tenants = *tenants;
  if (gpus_per_node > 0) request.gpus_per_node = static_cast<int>(gpus_per_node);
  if (start) request.start = read_start_date(*start);
  if (pue) request.pue = read_pue(*pue);
  const sim::Scenario scenario = sim::replay_scenario(request);
  say_columns(scenario);
  simulate_and_show(scenario, {}, out, parse_format(format));
  return Exit::ok;
}

}  // namespace chokepoint::cli
