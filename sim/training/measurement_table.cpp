#include "sim/training/measurement_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "models/training/framework_list.hpp"
#include "models/training/utilization.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/csv_table.hpp"
#include "sim/input/gzip_file.hpp"
#include "sim/input/near_name.hpp"
#include "sim/input/row_faults.hpp"
#include "sim/record/lower_case.hpp"
#include "sim/training/catalogue_hardware.hpp"
#include "sim/training/device_alias.hpp"
#include "sim/training/measured_network.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::array required{"layers",   "hidden", "heads", "seq_len", "vocab", "global_batch_seqs",
                              "gpu_type", "n_gpus"};
constexpr std::array results{"step_time_s", "tokens_per_s_per_gpu", "mfu_pct", "tflops_per_gpu"};

/// NVLink 3 of an A100; only tables of A100 clusters tell how many links are wired.
constexpr int links_of_a100 = 12;

constexpr std::array<std::string_view, 6> unknown{"-", "n/a", "na", "none", "null", "unknown"};

constexpr int usual_gpus_of_server = 8;
constexpr int most_gpus_of_server = 16;

std::string small_letters(std::string_view text) {
  return lower_case(std::string(trim(text)));
}

bool says_yes(std::string_view cell) {
  const std::string text = small_letters(cell);
  return text.starts_with("yes") || text == "1" || text == "true";
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

models::Sharding sharding_of(std::string_view cell) {
  std::string text = small_letters(cell);
  std::ranges::replace(text, ' ', '-');
  std::ranges::replace(text, '_', '-');
  if (has(text, "hsdp") || has(text, "hybrid")) return models::Sharding::hybrid;
  const auto stage = [&](char digit) {
    return std::ranges::any_of(std::array{"zero", "zero-", "zero-stage-", "stage-"},
                               [&](const char* words) { return has(text, std::string(words) + digit); });
  };
  if (stage('3') || has(text, "fsdp")) return models::Sharding::parameters;
  if (stage('2')) return models::Sharding::gradients;
  if (stage('1') || has(text, "distributed-optimizer")) return models::Sharding::optimizer;
  return models::Sharding::none;
}

/// One table while it is read.
class Reader {
 public:
  explicit Reader(CsvTable& table) : table_(table), faults_(table.file()) {}

  MeasurementTable read() {
    if (!table_.next())
      throw InputError(Fault{.file = table_.file(), .expected = "a header and rows", .found = "an empty file"});
    find_columns();
    MeasurementTable result;
    result.has_core = columns_.contains("core");
    while (table_.next()) result.rows.push_back(row(result.has_core));
    faults_.throw_if_any();
    return result;
  }

 private:
  void find_columns() {
    std::vector<std::string> seen;
    for (std::size_t i = 0; i < table_.fields().size(); ++i) {
      seen.push_back(small_letters(table_.field(i)));
      columns_.emplace(seen.back(), i);
    }
    std::vector<Fault> missing;
    for (const std::string_view name : required)
      if (!columns_.contains(name))
        missing.push_back({.file = table_.file(),
                           .where = fmt::format("line {}", table_.line()),
                           .expected = fmt::format("a column \"{}\"", name),
                           .found = fmt::format("the columns {}", fmt::join(seen, ", ")),
                           .hint = near_name_hint(name, seen)});
    if (std::ranges::none_of(results, [&](const char* name) { return columns_.contains(name); }))
      missing.push_back({.file = table_.file(),
                         .where = fmt::format("line {}", table_.line()),
                         .expected = "a column step_time_s, tokens_per_s_per_gpu, mfu_pct or tflops_per_gpu",
                         .found = "none"});
    throw_if_any(std::move(missing));
  }

  [[nodiscard]] std::string_view cell(std::string_view column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? std::string_view{} : trim(table_.field(found->second));
  }

  /// None for a cell that is empty or says that nothing is known; a cell that is no number above 0 is a fault. Blanks
  /// may part groups of digits.
  std::optional<double> number(std::string_view column) {
    const std::string_view text = cell(column);
    if (text.empty() || std::ranges::find(unknown, small_letters(text)) != unknown.end()) return std::nullopt;
    std::string digits(text);
    std::erase(digits, ' ');
    const auto value = parse_number(digits);
    if (value && std::isfinite(*value) && *value > 0.0) return value;
    faults_.add(table_.line(), fmt::format("a number above 0 in column {}", column), fmt::format("\"{}\"", text));
    return std::nullopt;
  }
  std::optional<int> count(std::string_view column) {
    const auto value = number(column);
    if (!value) return std::nullopt;
    if (*value == std::floor(*value) && *value <= 1e9) return static_cast<int>(*value);
    faults_.add(table_.line(), fmt::format("a whole number in column {}", column), fmt::format("\"{}\"", cell(column)));
    return std::nullopt;
  }

  MeasuredStep row(bool has_core) {
    MeasuredStep step;
    step.id = cell("row_id").empty() ? fmt::format("line {}", table_.line()) : std::string(cell("row_id"));
    step.source = cell("source_key").empty() ? "table" : std::string(cell("source_key"));
    step.model = cell("model");
    step.core = !has_core || says_yes(cell("core"));
    read_task(step);
    read_hardware(step);
    read_plan(step);
    read_result(step);
    return step;
  }

  void leave_out(MeasuredStep& step, std::string why) {
    if (step.left_out.empty()) step.left_out = std::move(why);
  }

  void read_task(MeasuredStep& step) {
    std::string missing;
    const auto need = [&](std::string_view column) {
      const auto value = count(column);
      if (!value) missing += fmt::format("{}{}", missing.empty() ? "" : ", ", column);
      return value.value_or(1);
    };
    models::Transformer& model = step.setup.task.model;
    model.name = step.model;
    model.layers = need("layers");
    model.hidden = need("hidden");
    model.heads = need("heads");
    model.kv_heads = count("kv_heads").value_or(model.heads);
    const int ffn = count("ffn_hidden").value_or(4 * model.hidden);
    model.ffn_hidden = ffn;
    // A feed-forward layer of another width than four times has a gate beside it (LLaMA and after).
    const std::string family = small_letters(step.model);
    model.gated = ffn != 4 * model.hidden || has(family, "llama") || has(family, "qwen") || has(family, "mistral");
    model.vocabulary = need("vocab");
    model.sequence = step.setup.task.sequence = need("seq_len");
    step.setup.task.global_batch = need("global_batch_seqs");
    const std::string precision = small_letters(cell("precision"));
    step.setup.task.precision = has(precision, "fp8")    ? models::Precision::fp8
                                : has(precision, "fp16") ? models::Precision::fp16
                                                         : models::Precision::bf16;
    if (!missing.empty()) leave_out(step, "no " + missing);
    if (has(precision, "fp4")) leave_out(step, "4-bit products are not modelled");
    if (number("active_params_b") || (count("ep").value_or(1) > 1)) read_experts(step);
  }

  /// A mixture's experts and latent attention are those of the catalogue's model of the same layers, width and heads.
  void read_experts(MeasuredStep& step) {
    models::Transformer& model = step.setup.task.model;
    for (const auto& [name, entry] : catalogue().language_models.entries()) {
      const models::Transformer& known = entry.value.shape;
      if (!known.experts || known.layers != model.layers || known.hidden != model.hidden || known.heads != model.heads)
        continue;
      const std::string measured = model.name;
      const int vocabulary = model.vocabulary, sequence = model.sequence;
      model = known;
      model.name = measured;
      model.vocabulary = vocabulary;
      model.sequence = sequence;
      return;
    }
    leave_out(step, "a mixture of experts that no model of the catalogue has");
  }

  void read_hardware(MeasuredStep& step) {
    step.accelerator = catalogue_accelerator(cell("gpu_type"));
    const int node = count("gpus_per_node").value_or(usual_gpus_of_server);
    if (step.accelerator.empty()) {
      leave_out(step, cell("gpu_type").empty() ? "no gpu_type" : fmt::format("unknown device {}", cell("gpu_type")));
      return;
    }
    const models::Accelerator& accelerator = catalogue().accelerators.at(step.accelerator).value;
    // More than 16 GPUs share links in racks alone: a table that says so of other forms counts something else.
    const bool rack = accelerator.form.starts_with("NVL");
    step.setup.hardware =
        training_hardware(accelerator, rack || node <= most_gpus_of_server ? node : usual_gpus_of_server);
    apply_interconnect(cell("interconnect"), links_of_a100, step.setup.hardware);
    step.setup.framework =
        models::framework_traits(cell("framework"), step.setup.task.precision, models::hopper_or_later(accelerator));
    const std::string sharding = small_letters(cell("zero_sharding"));
    if (has(sharding, "overlap")) step.setup.framework.overlaps_data_traffic = true;
  }

  void read_plan(MeasuredStep& step) {
    models::ParallelPlan& plan = step.setup.plan;
    const auto gpus = count("n_gpus");
    if (!gpus) leave_out(step, "no n_gpus");
    const auto tensor = count("tp");
    const auto pipeline = count("pp");
    plan.sharding = sharding_of(cell("zero_sharding"));
    const bool all_data = plan.sharding == models::Sharding::parameters || plan.sharding == models::Sharding::hybrid;
    step.has_plan = (tensor && pipeline) || all_data;
    plan.tensor = tensor.value_or(1);
    plan.pipeline = pipeline.value_or(1);
    plan.context = count("cp").value_or(1);
    plan.expert = step.setup.task.model.experts ? count("ep").value_or(1) : 1;
    step.gpus = gpus.value_or(1);
    plan.data = std::max(1, gpus.value_or(1) / (plan.tensor * plan.pipeline * plan.context));
    if (gpus && step.has_plan && plan.gpus() != *gpus) leave_out(step, "tp, pp and cp do not divide n_gpus");
    step.has_micro_batch = count("micro_batch_seqs").has_value();
    plan.micro_batch = count("micro_batch_seqs").value_or(1);
    const auto interleave = count("vp");
    step.has_interleave = interleave.has_value() || plan.pipeline == 1;
    plan.interleave = plan.pipeline == 1 ? 1 : interleave.value_or(1);
    plan.sequence_parallel = says_yes(cell("seq_parallel"));
    const std::string recompute = small_letters(cell("recompute"));
    if (recompute.starts_with("full")) {
      plan.recompute = models::Recompute::full;
    } else if (recompute.starts_with("selective")) {
      plan.recompute = models::Recompute::selective;
    } else if (recompute.empty() && step.setup.framework.name.starts_with("Megatron") &&
               !step.setup.framework.fused_attention) {
      plan.recompute = models::Recompute::full;
    }
  }

  void read_result(MeasuredStep& step) {
    const auto seconds = number("step_time_s");
    const auto rate = number("tokens_per_s_per_gpu");
    const auto mfu = number("mfu_pct");
    const auto tflops = number("tflops_per_gpu");
    const double gpus = step.gpus;
    const models::TrainingTask& task = step.setup.task;
    if (seconds) {
      step.measured_s = *seconds;
    } else if (rate) {
      step.measured_s = task.tokens() / (*rate * gpus);
    } else if (!step.left_out.empty()) {
      return;
    } else if (mfu) {
      step.measured_s = models::step_of_mfu_s(step.setup, *mfu / 100.0);
    } else if (tflops) {
      // Some count what is computed again.
      const bool hardware = has(small_letters(cell("tflops_kind")), "hardware");
      step.measured_s = models::step_of_rate_s(step.setup, *tflops * 1e12,
                                               hardware ? step.setup.plan.recompute : models::Recompute::none);
    } else {
      leave_out(step, "no step_time_s, tokens_per_s_per_gpu, mfu_pct or tflops_per_gpu");
    }
  }

  CsvTable& table_;
  RowFaults faults_;
  std::map<std::string, std::size_t, std::less<>> columns_;
};

}  // namespace

MeasurementTable read_measurement_table(const std::filesystem::path& path) {
  std::string text = read_maybe_gzip(path);
  const char separator = guess_separator(text);
  CsvTable table(std::move(text), path.string(), separator);
  return Reader(table).read();
}

}  // namespace chokepoint::sim
