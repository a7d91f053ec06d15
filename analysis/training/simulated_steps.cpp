#include "analysis/training/simulated_steps.hpp"

#include <utility>

#include "analysis/pool/run_pool.hpp"
#include "sim/fabric/simulated_step.hpp"

namespace chokepoint::analysis {
namespace {

using models::CommunicationTime;

constexpr std::size_t workers = 2;
constexpr const char* table_name = "step";

CommunicationTime closed_form(const models::TrainingSetup& setup) {
  return models::communication_time(models::step_work(setup), [&](const models::StepWork& work) {
    const models::StepTime time = models::step_time(setup, work);
    return time.total_s - time.scale_s;
  });
}

sim::Record record_of(const CommunicationTime& time) {
  sim::Record record;
  record.tables.push_back(
      {.name = table_name,
       .columns = {{"time_s", std::vector<double>{time.tensor_s, time.pipeline_s, time.data_s, time.rest_s}}}});
  return record;
}

CommunicationTime time_of(const sim::Record& record) {
  const auto& column = record.find_table(table_name)->columns.front();
  const auto& values = std::get<std::vector<double>>(column.values);
  return {.tensor_s = values[0], .pipeline_s = values[1], .data_s = values[2], .rest_s = values[3]};
}

}  // namespace

double StepByTwoWays::communication_difference() const {
  const double expected = closed_form.communication_s();
  return expected > 0.0 ? simulated.communication_s() / expected - 1.0 : 0.0;
}

double StepByTwoWays::step_difference() const {
  return simulated.total_s() / closed_form.total_s() - 1.0;
}

std::vector<StepByTwoWays> steps_by_two_ways(std::span<const models::TrainingSetup> setups, const FabricOfJob& job) {
  std::vector<Run> runs;
  runs.reserve(setups.size());
  for (const models::TrainingSetup& setup : setups)
    runs.emplace_back([&setup, &job](const sim::Progress&) {
      sim::StepFabric fabric{.fabric = job.fabric};
      if (job.scattered)
        fabric.nodes =
            scattered_nodes(sim::nodes_of(setup.plan, setup.hardware.gpus_per_node), job.fabric.nodes_per_leaf);
      return record_of(sim::SimulatedStep(setup, fabric).communication_time());
    });
  std::vector<StepByTwoWays> steps(setups.size());
  std::vector<RunResult> results = RunPool({.workers = workers}).run(runs);
  for (std::size_t i = 0; i < setups.size(); ++i)
    steps[i] = {.closed_form = closed_form(setups[i]), .simulated = time_of(record_or_throw(std::move(results[i])))};
  return steps;
}

std::vector<int> scattered_nodes(int nodes, int nodes_per_leaf) {
  const int leaves = (nodes + nodes_per_leaf - 1) / nodes_per_leaf;
  std::vector<int> places;
  for (int i = 0; i < nodes; ++i) places.push_back(i % leaves * nodes_per_leaf + i / leaves);
  return places;
}

}  // namespace chokepoint::analysis
