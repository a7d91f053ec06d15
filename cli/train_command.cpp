#include "cli/train_command.hpp"

#include <cstdio>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "cli/forecast_text.hpp"
#include "cli/options.hpp"
#include "cli/simulated_step_text.hpp"
#include "cli/train_text.hpp"
#include "models/calendar/iso_date.hpp"
#include "sim/calendar/time_zone_database.hpp"
#include "sim/input/csv_table.hpp"
#include "sim/tariff/tariff_catalogue.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::cli {
namespace {

std::optional<double> number(const char* option, const std::optional<std::string>& text, double least) {
  if (!text) return std::nullopt;
  const auto value = sim::parse_number(*text);
  if (value && *value >= least && *value < 1e18) return value;
  throw UsageError(fmt::format("--{}: expected a number of at least {}, found \"{}\"", option, least, *text));
}

std::vector<std::string> names_of(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    names.emplace_back(sim::trim(std::string_view(list).substr(at, comma - at)));
    at = comma + 1;
  }
  return names;
}

models::Precision precision_of(const std::string& name) {
  if (name == "fp8") return models::Precision::fp8;
  return name == "fp16" ? models::Precision::fp16 : models::Precision::bf16;
}

/// What the words of the command line say of electricity.
struct ElectricityWords {
  std::optional<std::string> price, tariff, start, time_zone;
};

analysis::Electricity electricity_of(const ElectricityWords& words) {
  analysis::Electricity electricity;
  electricity.price_per_kwh = number("electricity-price", words.price, 0.0).value_or(electricity.price_per_kwh);
  if (!words.tariff) {
    if (words.start) throw UsageError("--start: expected --tariff with it, found none");
    if (words.time_zone) throw UsageError("--time-zone: expected --tariff with it, found none");
    return electricity;
  }
  if (words.price) throw UsageError("expected either --electricity-price or --tariff, found both");
  if (!words.start) throw UsageError("--start: expected the date at which the run begins, for the tariff, found none");
  const auto date = models::parse_iso_date(*words.start);
  if (!date)
    throw UsageError(
        fmt::format("--start: expected a date that exists, such as 2024-01-01, found \"{}\"", *words.start));
  if (words.time_zone) {
    if (!sim::is_time_zone(*words.time_zone)) {
      sim::Fault fault = sim::unknown_time_zone(*words.time_zone);
      fault.where = "--time-zone";
      throw sim::InputError(std::move(fault));
    }
    electricity.zone = sim::load_time_zone(*words.time_zone);
  }
  electricity.start = date->at(electricity.zone);
  electricity.tariff = sim::read_tariff(*words.tariff);
  return electricity;
}

struct FabricWords {
  bool simulate = false;
  std::string kind = "rail-optimised";
  std::string placement = "packed";
  std::optional<std::string> oversubscription;
  std::int64_t nodes_per_leaf = 0;
};

/// None where the step is not to be simulated.
std::optional<analysis::FabricOfJob> fabric_of(const FabricWords& words) {
  analysis::FabricOfJob job;
  if (words.kind == "fat-tree") job.fabric.kind = models::FabricKind::fat_tree;
  job.scattered = words.placement == "scattered";
  job.fabric.oversubscription = number("oversubscription", words.oversubscription, 1.0).value_or(1.0);
  if (words.nodes_per_leaf > 0)
    job.fabric.nodes_per_leaf = static_cast<int>(std::min<std::int64_t>(words.nodes_per_leaf, 1 << 20));
  if (words.simulate) return job;
  if (words.oversubscription || words.nodes_per_leaf > 0 || job.scattered ||
      job.fabric.kind == models::FabricKind::fat_tree)
    throw UsageError("a fabric: expected --simulate with it, found none");
  return std::nullopt;
}

/// Faults name fields of the request; here they are options.
std::vector<analysis::TrainingForecast> forecasts_of(const analysis::TrainingRequest& request,
                                                     const std::vector<std::string>& servers) {
  try {
    return analysis::forecast(request, servers);
  } catch (const sim::InputError& error) {
    std::vector<sim::Fault> faults = error.faults();
    for (sim::Fault& fault : faults)
      if (fault.file.empty()) fault.where = fault.where == "model" ? "MODEL" : "--" + fault.where;
    throw sim::InputError(std::move(faults));
  }
}

}  // namespace

Exit run_train(std::span<const std::string> arguments) {
  std::optional<std::string> model, on, table, tokens, plan, pue, server_price;
  ElectricityWords electricity;
  std::int64_t gpus = 0, sequence = 0, batch = 0, plans = 0;
  std::string precision = "bf16";
  std::string format = "table";
  bool fit = false;
  FabricWords fabric_words;
  analysis::TrainingRequest request;
  Options options("chokepoint train MODEL --on SERVER[,SERVER...] --gpus N [options] | --table FILE [--fit]",
                  "Forecasts a training run: plan, step time, MFU, memory, days, energy and cost. With --table,\n"
                  "predicts the measured steps of a CSV and says how far off it is, by source.");
  options.operand("MODEL", model)
      .option("on", "SERVER,...", "servers of the catalogue, a column each", on)
      .option("gpus", "N", "GPUs of the run", gpus, 1)
      .option("tokens", "T", "tokens to train on, such as 300e9; the model's own if left out", tokens)
      .option("sequence", "S", "tokens of a sequence; the model's own if left out", sequence, 1)
      .option("batch", "B", "sequences of a step; the model's own if left out", batch, 1)
      .option("plan", "WORDS", "such as \"tp8 pp16 dp8 mbs1 v2 full zero1 sp\"; the fastest that fits if left out",
              plan)
      .option("framework", "NAME", "whose kernels and overlap (cli/README.md lists them); Megatron-Core if left out",
              request.order.framework)
      .choice("precision", {"bf16", "fp16", "fp8"}, "of the matrix products", precision)
      .option("pue", "X", "facility power over IT power; 1.1 if left out", pue)
      .option("electricity-price", "P", "USD a kWh; 0.08 if left out", electricity.price)
      .option("tariff", "NAME|FILE", "what electricity costs instead, over the days from --start", electricity.tariff)
      .option("start", "DATE", "when the run begins, for --tariff", electricity.start)
      .option("time-zone", "ZONE", "clock of the tariff, such as Asia/Shanghai; UTC if left out", electricity.time_zone)
      .option("server-price", "P", "USD for one server; the catalogue's if left out", server_price)
      .option("plans", "N", "shows the N fastest plans and why others are slower or do not fit", plans, 1)
      .option("table", "FILE", "measured training steps to predict", table)
      .flag("fit", "with --table: fits the constants on it and predicts what is held out", fit)
      .flag("simulate", "simulates the step on a fabric and shows it beside the closed form", fabric_words.simulate)
      .choice("fabric", {"rail-optimised", "fat-tree"}, "with --simulate", fabric_words.kind)
      .option("nodes-per-leaf", "N", "nodes under a leaf switch; 32 if left out", fabric_words.nodes_per_leaf, 1)
      .option("oversubscription", "X", "bandwidth into a leaf over that out of it; 1 if left out",
              fabric_words.oversubscription)
      .choice("placement", {"packed", "scattered"}, "nodes of the job side by side, or under leaves in turn",
              fabric_words.placement)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;

  if (table.has_value() == model.has_value())
    throw UsageError(fmt::format("expected either MODEL or --table, found {}", table ? "both" : "neither"));
  const std::optional<analysis::FabricOfJob> fabric = fabric_of(fabric_words);
  if (fabric && fit) throw UsageError("--simulate: expected no --fit with it, found one");
  std::string text;
  if (table) {
    const sim::MeasurementTable measured = sim::read_measurement_table(*table);
    text = fit      ? fit_text(measured, parse_format(format))
           : fabric ? simulated_table_text(analysis::score_table(measured), *fabric, parse_format(format))
                    : score_text(analysis::score_table(measured), parse_format(format));
  } else {
    if (fit) throw UsageError("--fit: expected --table with it, found none");
    if (!on) throw UsageError("--on: expected a server of the catalogue, found nothing");
    if (gpus == 0) throw UsageError("--gpus: expected a number of GPUs, found nothing");
    if (gpus > 10'000'000) throw UsageError(fmt::format("--gpus: expected at most 10000000, found {}", gpus));
    request.order.model = *model;
    request.gpus = static_cast<int>(gpus);
    request.order.tokens = number("tokens", tokens, 1.0);
    if (sequence > 0) request.order.sequence = static_cast<int>(std::min<std::int64_t>(sequence, 1 << 24));
    if (batch > 0) request.order.batch = static_cast<int>(std::min<std::int64_t>(batch, 1 << 24));
    if (plan) request.order.plan = sim::parse_plan(*plan);
    request.order.precision = precision_of(precision);
    request.pue = number("pue", pue, 1.0).value_or(request.pue);
    request.electricity = electricity_of(electricity);
    request.plans = static_cast<std::size_t>(std::min<std::int64_t>(plans, 1000));
    request.server_price = number("server-price", server_price, 0.0);
    const auto forecasts = forecasts_of(request, names_of(*on));
    if (fabric)
      text = simulated_forecast_text(forecasts, *fabric, parse_format(format));
    else
      text = parse_format(format) == Format::json ? forecast_json(forecasts)
                                                  : forecast_table(request, forecasts, terminal_of(stdout));
  }
  std::fputs(text.c_str(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
