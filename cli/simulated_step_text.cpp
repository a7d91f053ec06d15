#include "cli/simulated_step_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/aligned_table.hpp"
#include "sim/fabric/simulated_step.hpp"
#include "sim/input/fault.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::cli {
namespace {

using OrderedJson = nlohmann::ordered_json;
using analysis::StepByTwoWays;
using models::CommunicationTime;

OrderedJson time_json(const CommunicationTime& time) {
  return {{"tensor", time.tensor_s}, {"pipeline", time.pipeline_s}, {"data", time.data_s}, {"rest", time.rest_s}};
}

OrderedJson step_json(const StepByTwoWays& step) {
  return {{"closed_form_s", time_json(step.closed_form)},
          {"simulated_s", time_json(step.simulated)},
          {"communication_difference_percent", 100.0 * step.communication_difference()},
          {"step_difference_percent", 100.0 * step.step_difference()}};
}

std::string difference(double simulated, double closed_form) {
  return closed_form > 0.0 ? fmt::format("{:+.1f}", 100.0 * (simulated / closed_form - 1.0)) : "";
}

std::string step_table(const std::string& title, const StepByTwoWays& step) {
  std::vector<std::vector<std::string>> rows{{title, "closed form, s", "simulated, s", "difference, %"}};
  const auto line = [&](const char* what, double closed_form, double simulated) {
    rows.push_back({what, fmt::format("{:.4f}", closed_form), fmt::format("{:.4f}", simulated),
                    difference(simulated, closed_form)});
  };
  const CommunicationTime& a = step.closed_form;
  const CommunicationTime& b = step.simulated;
  line("tensor traffic", a.tensor_s, b.tensor_s);
  line("traffic between stages", a.pipeline_s, b.pipeline_s);
  line("data traffic", a.data_s, b.data_s);
  line("communication", a.communication_s(), b.communication_s());
  line("computation and waiting stages", a.rest_s, b.rest_s);
  line("step, without what grows with nodes", a.total_s(), b.total_s());
  return aligned_table(rows);
}

}  // namespace

std::string simulated_forecast_text(std::span<const analysis::TrainingForecast> runs, const analysis::FabricOfJob& job,
                                    Format format) {
  OrderedJson list = OrderedJson::array();
  std::string text;
  for (const analysis::TrainingForecast& run : runs) {
    const models::TrainingSetup& setup = run.run.setup;
    if (!sim::can_simulate(setup))
      throw sim::InputError(sim::Fault{.file = "--simulate",
                                       .expected = "a plan without context and expert ranks",
                                       .found = sim::plan_text(setup.plan),
                                       .hint = "--plan may give one"});
    const StepByTwoWays step = analysis::steps_by_two_ways(std::span(&setup, 1), job).front();
    OrderedJson json{{"server", run.server}, {"plan", sim::plan_text(setup.plan)}};
    json.update(step_json(step));
    list.push_back(std::move(json));
    text +=
        (text.empty() ? "" : "\n") + step_table(fmt::format("{}, {}", run.server, sim::plan_text(setup.plan)), step);
  }
  return format == Format::json ? list.dump(2) + '\n' : text;
}

std::string simulated_table_text(const analysis::TableScore& score, const analysis::FabricOfJob& job, Format format) {
  std::vector<models::TrainingSetup> setups;
  std::vector<const sim::MeasuredStep*> measured;
  for (const analysis::PredictedStep& step : score.core.steps) {
    if (!sim::can_simulate(step.setup)) continue;
    setups.push_back(step.setup);
    measured.push_back(step.measured);
  }
  const std::vector<StepByTwoWays> steps = analysis::steps_by_two_ways(setups, job);
  if (format == Format::json) {
    OrderedJson list = OrderedJson::array();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const sim::MeasuredStep& row = *measured[i];
      OrderedJson json{{"row", row.id}, {"source", row.source}, {"plan", sim::plan_text(setups[i].plan)}};
      json.update(step_json(steps[i]));
      list.push_back(std::move(json));
    }
    return list.dump(2) + '\n';
  }
  std::vector<std::vector<std::string>> rows{
      {"core, simulated against closed form", "rows", "communication, mean |%|", "largest |%|", "step, largest |%|"}};
  for (const analysis::SourceScore& source : score.core.by_source) {
    double sum = 0.0, largest = 0.0, largest_step = 0.0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (measured[i]->source != source.source) continue;
      ++count;
      const double off = 100.0 * std::abs(steps[i].communication_difference());
      sum += off;
      largest = std::max(largest, off);
      largest_step = std::max(largest_step, 100.0 * std::abs(steps[i].step_difference()));
    }
    if (count == 0) continue;
    rows.push_back({source.source, std::to_string(count), fmt::format("{:.2f}", sum / static_cast<double>(count)),
                    fmt::format("{:.2f}", largest), fmt::format("{:.2f}", largest_step)});
  }
  return aligned_table(rows);
}

}  // namespace chokepoint::cli
