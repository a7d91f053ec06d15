#include "cli/forecast_text.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include <fmt/format.h>

#include "analysis/output/number_text.hpp"
#include "cli/aligned_table.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::cli {
namespace {

using analysis::TrainingForecast;
using analysis::with_thousands;

/// A line of the table; a heading where `cell` is empty.
struct Line {
  std::string label;
  std::function<std::string(const TrainingForecast&)> cell;
};

std::string count(double value) {
  return with_thousands(fmt::format("{:.0f}", value));
}

std::string money(const std::optional<double>& amount, const models::Currency& currency) {
  if (!amount) return "-";
  const bool millions = *amount >= 9.9995e6;
  return (millions ? with_thousands(fmt::format("{:.2f}", *amount / 1e6)) + " M " : count(*amount) + ' ') +
         currency.code();
}

std::string energy(double kwh) {
  return with_thousands(fmt::format("{:.1f}", kwh / 1e3)) + " MWh";
}

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100.0 * share);
}

std::string recompute_word(models::Recompute recompute) {
  static constexpr std::array words{"nothing", "attention", "forward pass"};
  return words[static_cast<std::size_t>(recompute)];
}

std::string sharding_word(models::Sharding sharding) {
  static constexpr std::array words{"nothing", "optimizer", "gradients", "parameters", "in the node"};
  return words[static_cast<std::size_t>(sharding)];
}

std::vector<Line> lines_of(std::span<const TrainingForecast> runs) {
  using F = const TrainingForecast&;
  const auto part = [](double models::StepTime::*a, double models::StepTime::*b) {
    return [a, b](F run) { return percent((run.run.step.*a + (b ? run.run.step.*b : 0.0)) / run.run.step.total_s); };
  };
  const auto phase = [](double models::PhaseShares::*member) {
    return [member](F run) { return energy(run.energy_by_phase_kwh.*member); };
  };
  using Step = models::StepTime;
  using Phases = models::PhaseShares;
  std::vector<Line> lines{
      {"plan", {}},
      {"  tensor x pipeline x data",
       [](F run) {
         const models::ParallelPlan& plan = run.run.setup.plan;
         return fmt::format("{} x {} x {}", plan.tensor, plan.pipeline, plan.data);
       }},
      {"  context, expert ranks",
       [](F run) { return fmt::format("{}, {}", run.run.setup.plan.context, run.run.setup.plan.expert); }},
      {"  micro-batch, chunks",
       [](F run) { return fmt::format("{}, {}", run.run.setup.plan.micro_batch, run.run.setup.plan.interleave); }},
      {"  computed again", [](F run) { return recompute_word(run.run.setup.plan.recompute); }},
      {"  shared out", [](F run) { return sharding_word(run.run.setup.plan.sharding); }},
      {"  memory of a GPU",
       [](F run) {
         return fmt::format("{:.1f} of {:.0f} GB", run.run.memory.total_bytes() / 1e9,
                            run.run.setup.hardware.memory_bytes / 1e9);
       }},
      {"step", {}},
      {"  time", [](F run) { return fmt::format("{:.3f} s", run.run.step.total_s); }},
      {"  all tensor traffic hidden", [](F run) { return fmt::format("{:.3f} s", run.run.step_all_hidden_s); }},
      {"  none of it hidden", [](F run) { return fmt::format("{:.3f} s", run.run.step_none_hidden_s); }},
      {"  computing", part(&Step::compute_s, nullptr)},
      {"  tensor traffic", part(&Step::tensor_s, nullptr)},
      {"  context and expert", part(&Step::context_s, &Step::expert_s)},
      {"  pipeline and bubble", part(&Step::pipeline_s, &Step::bubble_s)},
      {"  data traffic", part(&Step::data_s, nullptr)},
      {"  optimizer, stragglers", part(&Step::optimizer_s, &Step::scale_s)},
      {"  MFU", [](F run) { return percent(run.run.utilization.mfu); }},
      {"  HFU", [](F run) { return percent(run.run.utilization.hfu); }},
      {"run", {}},
      {"  days of steps", [](F run) { return fmt::format("{:.1f}", run.work_days()); }},
      {"  interruptions", [](F run) { return count(run.clock.interruptions); }},
      {"  effective time", [](F run) { return percent(run.clock.effective_share); }},
      {"  days", [](F run) { return fmt::format("{:.1f}", run.days()); }},
      {"energy", {}},
      {"  mean power", [](F run) { return with_thousands(fmt::format("{:.3f}", run.facility_w / 1e6)) + " MW"; }},
      {"  energy", [](F run) { return energy(run.energy_kwh); }},
      {"    computing", phase(&Phases::computing)},
      {"    communicating", phase(&Phases::communicating)},
      {"    checkpoints", phase(&Phases::checkpointing)},
      {"    interrupted", phase(&Phases::idle)},
      {"cost", {}},
      {"  electricity", [](F run) { return money(run.electricity_cost, run.electricity_currency); }}};
  if (runs.front().bill)
    lines.push_back({"  a kWh", [](F run) {
                       return fmt::format("{:.4f} {}", run.bill->average_price(), run.bill->currency.code());
                     }});
  lines.push_back({"  servers", [](F run) { return money(run.capital_cost, run.currency); }});
  lines.push_back({"  run, amortised", [](F run) { return money(run.run_cost, run.currency); }});
  return lines;
}

/// As many columns beside each other as fit, then the next below.
std::string columns(std::span<const TrainingForecast> runs, const Terminal& terminal) {
  const std::vector<Line> lines = lines_of(runs);
  std::size_t label_width = 0;
  for (const Line& line : lines) label_width = std::max(label_width, line.label.size());
  std::vector<std::vector<std::string>> cells;
  std::vector<std::size_t> widths;
  for (const TrainingForecast& run : runs) {
    widths.push_back(run.server.size());
    for (const Line& line : lines) {
      cells.resize(widths.size());
      cells.back().push_back(line.cell ? line.cell(run) : "");
      widths.back() = std::max(widths.back(), cells.back().back().size());
    }
  }
  std::string text;
  for (std::size_t begin = 0, end = 0; begin < runs.size(); begin = end) {
    std::size_t width = label_width;
    for (end = begin; end < runs.size(); ++end) {
      width += 2 + widths[end];
      if (end > begin && width > static_cast<std::size_t>(terminal.width)) break;
    }
    std::string head = std::string(label_width, ' ');
    for (std::size_t c = begin; c < end; ++c) head += fmt::format("  {:>{}}", runs[c].server, widths[c]);
    text += '\n' + terminal.paint(colour::bold, head) + '\n';
    for (std::size_t l = 0; l < lines.size(); ++l) {
      if (!lines[l].cell) {
        text += terminal.paint(colour::bold, lines[l].label) + '\n';
        continue;
      }
      text += fmt::format("{:<{}}", lines[l].label, label_width);
      for (std::size_t c = begin; c < end; ++c) text += fmt::format("  {:>{}}", cells[c][l], widths[c]);
      text += '\n';
    }
  }
  return text;
}

/// The largest part of a step beside computing once.
std::string held_up_by(const models::StepTime& time) {
  const std::array<std::pair<const char*, double>, 9> parts{{{"computing again", time.recompute_s},
                                                             {"tensor traffic", time.tensor_s},
                                                             {"context traffic", time.context_s},
                                                             {"expert traffic", time.expert_s},
                                                             {"pipeline traffic", time.pipeline_s},
                                                             {"bubble", time.bubble_s},
                                                             {"data traffic", time.data_s},
                                                             {"optimizer", time.optimizer_s},
                                                             {"stragglers", time.scale_s}}};
  const auto most = std::ranges::max_element(parts, {}, &std::pair<const char*, double>::second);
  return fmt::format("{} {}", most->first, percent(most->second / time.total_s));
}

std::string plans_text(const TrainingForecast& forecast, const Terminal& terminal) {
  const models::PlanSearch& search = forecast.run.search;
  const double room_gb = models::usable_memory_share * forecast.run.setup.hardware.memory_bytes / 1e9;
  std::string text = '\n' + terminal.paint(colour::bold, fmt::format("plans on {}", forecast.server)) + '\n';
  text += fmt::format("{} fit {:.1f} GB", count(search.fitting), room_gb);
  if (search.least_memory_too_large)
    text += fmt::format(", {} do not; the least of these needs {:.1f} GB\n  ({})", count(search.too_large),
                        search.least_memory_too_large->memory.total_bytes() / 1e9,
                        sim::plan_text(search.least_memory_too_large->plan));
  std::vector<std::vector<std::string>> rows{{"plan", "step", "slower", "memory", "held up most by"}};
  for (const models::RatedPlan& rated : search.best)
    rows.push_back({sim::plan_text(rated.plan), fmt::format("{:.3f} s", rated.time.total_s),
                    percent(rated.time.total_s / search.best.front().time.total_s - 1.0),
                    fmt::format("{:.1f} GB", rated.memory.total_bytes() / 1e9), held_up_by(rated.time)});
  return text + '\n' + aligned_table(rows);
}

std::string heading(const analysis::TrainingRequest& request, const TrainingForecast& run, const Terminal& terminal) {
  static constexpr std::array precisions{"fp16", "bf16", "fp8"};
  const models::TrainingTask& task = run.run.setup.task;
  const analysis::Electricity& electricity = request.electricity;
  const std::string price = electricity.tariff ? "electricity by " + electricity.tariff->name
                                               : fmt::format("electricity {:.4g} {}/kWh", electricity.price_per_kwh,
                                                             electricity.currency.code());
  return terminal.paint(colour::bold,
                        fmt::format("{} on {} GPUs, {} billion tokens", task.model.name, count(request.gpus),
                                    with_thousands(fmt::format("{:.6g}", run.run.tokens / 1e9)))) +
         '\n' +
         terminal.paint(colour::faint,
                        fmt::format("{} sequences of {} a step, {}, {}, PUE {:.4g}, {}", count(task.global_batch),
                                    count(task.sequence), precisions[static_cast<std::size_t>(task.precision)],
                                    request.order.framework, request.pue, price)) +
         '\n';
}

}  // namespace

std::string forecast_table(const analysis::TrainingRequest& request, std::span<const TrainingForecast> runs,
                           const Terminal& terminal) {
  std::string text = heading(request, runs.front(), terminal) + columns(runs, terminal);
  if (request.plans > 0)
    for (const TrainingForecast& run : runs) text += plans_text(run, terminal);
  return text;
}

}  // namespace chokepoint::cli
