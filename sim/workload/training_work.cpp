#include "sim/workload/training_work.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "models/quantity/unit_text.hpp"
#include "models/reliability/checkpoint.hpp"
#include "models/training/transformer.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/near_name.hpp"
#include "sim/record/duration_words.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::size_t runs_in_words = 6;

void visit_moment(FieldVisitor& v, TrainingWork::Moment& moment) {
  std::string text;
  v.text(text);
  if (text.empty()) return;
  moment.date = models::parse_iso_date(text);
  if (moment.date) return;
  const auto parsed = models::parse_quantity(text);
  const auto* since_start = std::get_if<models::MeasuredNumber>(&parsed);
  if (since_start != nullptr && since_start->dimension == models::dimension::time && since_start->value >= 0.0 &&
      since_start->value <= 1e10) {
    moment.offset_s = since_start->value;
  } else {
    v.refuse("a date or a time since the start, such as \"2024-01-01\" or \"30 d\"", '"' + text + '"');
  }
}

void visit_gpus(FieldVisitor& v, std::vector<std::int64_t>& gpus) {
  const auto count = [&v](std::int64_t& value) { v.integer(value, {.low = 1.0, .high = 1e7}); };
  const auto one = [&] {
    gpus.assign(1, 1);
    count(gpus.front());
  };
  const auto several = [&] { v.list(gpus, 1, count); };
  v.one_of(std::array{FieldVisitor::Alternative{"number", one}, FieldVisitor::Alternative{"list", several}});
}

void visit_count(FieldVisitor& v, std::optional<int>& count, const char* name, const char* about) {
  std::optional<std::int64_t> value;
  v.field_if(name, about, value, [&](std::int64_t& number) { v.integer(number, {.low = 1.0, .high = 1 << 24}); });
  if (value) count = static_cast<int>(*value);
}

void visit_plan(FieldVisitor& v, models::ParallelPlan& plan) {
  std::string words;
  v.name(words);
  try {
    plan = parse_plan(words);
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults()) v.refuse(fault.expected, fault.found);
  }
}

void visit_run(FieldVisitor& v, TrainingWork::Run& run) {
  TrainingOrder& order = run.order;
  v.object("a model to train", [&] {
    v.field("name", "its name, for the table of runs", required, [&] { v.name(run.name); });
    v.field("model", "a name of catalogue language-models", required, [&] {
      v.name(order.model);
      if (!order.model.empty() && catalogue().language_models.find(order.model) == nullptr)
        v.refuse("the name of an entry of catalogue language-models", '"' + order.model + '"',
                 name_hint(order.model, catalogue().language_models.names()));
    });
    v.field("gpus", "GPUs that it needs; of a list of numbers any, the first if it can choose", required,
            [&] { visit_gpus(v, run.gpus); });
    v.field_if("tokens", "tokens to train on; the model's own if left out", order.tokens,
               [&](double& tokens) { v.number(tokens, {.low = 1.0, .high = 1e18}); });
    visit_count(v, order.batch, "batch", "sequences of a step; the model's own if left out");
    visit_count(v, order.sequence, "sequence", "tokens of a sequence; the model's own if left out");
    v.field("framework", "whose kernels and overlap", optional, [&] { v.name(order.framework); });
    v.field("precision", "of the matrix products", optional, [&] {
      static const std::array<std::string, 3> names{"bf16", "fp16", "fp8"};
      static constexpr std::array formats{models::Precision::bf16, models::Precision::fp16, models::Precision::fp8};
      std::size_t index = 0;
      v.choice(index, names);
      order.precision = formats[index];
    });
    v.field_if("plan", "how it is spread, such as \"tp8 pp16 dp8 mbs1 full zero1 sp\"; the fastest if left out",
               order.plan, [&](models::ParallelPlan& plan) { visit_plan(v, plan); });
    v.field("submit", "when it joins the queue: a date, or a time since the start", optional,
            [&] { visit_moment(v, run.submit); });
    v.field_if("deadline", "when it is due: a date, or a time since the start", run.due,
               [&](TrainingWork::Moment& moment) { visit_moment(v, moment); });
    v.field("priority", "higher goes first where the scheduler heeds it", optional,
            [&] { v.integer(run.priority, {.low = -1e6, .high = 1e6}); });
  });
}

/// Seconds of a moment since the start; a fault where it lies before.
double since_start(const TrainingWork::Moment& moment, const WorkPlace& place, const std::string& key) {
  if (!moment.date) return moment.offset_s;
  const auto offset_s = static_cast<double>((moment.date->at(place.zone) - place.start).count());
  if (offset_s >= 0.0) return offset_s;
  place.refuse(key, "a date not before the scenario's start", models::format_date_time(moment.date->local));
  return 0.0;
}

}  // namespace

void TrainingWork::visit(FieldVisitor& v) {
  v.field("runs", "the models to train", required, [&] {
    v.list(runs_, 1, [&](Run& run) { visit_run(v, run); });
    std::set<std::string> names;
    for (const Run& run : runs_)
      if (!run.name.empty() && !names.insert(run.name).second)
        v.refuse("runs of different names", fmt::format("\"{}\" twice", run.name));
  });
}

const TrainingRun& TrainingWork::Run::run_on(std::int64_t gpus_got, std::uint32_t generation) const {
  for (std::size_t i = 0; i < sizes.size(); ++i)
    if (sizes[i].gpus == gpus_got && sizes[i].pool == generation) return on[i];
  return on.front();
}

double TrainingWork::Run::state_bytes() const {
  return models::checkpoint_bytes({.parameters = models::parameters(on.front().setup.task.model).total});
}

namespace {

/// Mean draw above idleness of the run's phases, in units of the fleet's mean of training; 1 where the power is rated.
double intensity(const TrainingRun& run, const models::ServerPower& power) {
  const double idle_w = power.slot_w(models::PowerState::idle);
  const double span_w = power.slot_w(models::PowerState::computing) - idle_w;
  return span_w > 0.0 ? std::clamp((run.slot_w() - idle_w) / span_w, 0.0, 100.0) : 1.0;
}

}  // namespace

/// What the planner has found for runs before: it looks once at runs that differ in their tokens and dates alone.
struct TrainingWork::Planned {
  std::vector<ServerGeneration> generations;
  std::map<std::string, TrainingRun> known{};

  /// GPUs of a generation that the first tenant has.
  [[nodiscard]] std::int64_t most_gpus(const FleetSpec& fleet, std::size_t generation) const {
    const models::Server& server = generations[generation].server;
    return (generation == 0 ? std::int64_t{fleet.tenants.front().nodes} : generations[generation].nodes) * server.gpus;
  }

  TrainingRun on(const TrainingOrder& order, std::size_t generation, std::int64_t gpus) {
    const std::string same =
        fmt::format("{} {} {} {} {} {} {} {} {}", order.model, generation, gpus, order.batch.value_or(0),
                    order.sequence.value_or(0), order.framework, static_cast<int>(order.precision),
                    order.plan ? plan_text(*order.plan) : "", order.tokens.has_value());
    auto found = known.find(same);
    if (found == known.end())
      found = known.emplace(same, training_run(order, generations[generation].server, static_cast<int>(gpus), 0)).first;
    TrainingRun run = found->second;
    if (order.tokens) run.tokens = *order.tokens;
    return run;
  }
};

void TrainingWork::plan(Run& run, const std::string& key, const WorkPlace& place, Planned& planned) const {
  std::set<std::string> refused;
  for (const std::int64_t gpus : run.gpus) {
    std::vector<Fault> faults;
    bool has_room = false;
    bool possible = false;
    for (std::size_t generation = 0; generation < planned.generations.size(); ++generation) {
      if (gpus > planned.most_gpus(place.fleet, generation)) continue;
      has_room = true;
      try {
        run.on.push_back(planned.on(run.order, generation, gpus));
        run.sizes.push_back({.gpus = static_cast<std::int32_t>(gpus),
                             .duration_s = run.on.back().work_s(),
                             .pool = static_cast<std::uint32_t>(generation),
                             .intensity = intensity(run.on.back(), planned.generations[generation].server.power)});
        possible = true;
      } catch (const InputError& error) {
        faults.insert(faults.end(), error.faults().begin(), error.faults().end());
      }
    }
    if (!has_room) {
      const std::int64_t most = place.fleet.most_gpus(0);
      place.refuse(key + "/gpus",
                   place.fleet.further.empty()
                       ? fmt::format("at most the {} GPUs of the first tenant's nodes", most)
                       : fmt::format("at most the {} GPUs of the fleet's largest generation", most),
                   std::to_string(gpus));
    } else if (!possible) {
      for (const Fault& fault : faults)
        if (refused.insert(fault.text()).second)
          place.refuse(key + '/' + fault.where, fault.expected,
                       fault.found + (fault.hint.empty() ? "" : " (" + fault.hint + ')'));
    }
  }
}

void TrainingWork::resolve(const WorkPlace& place) {
  Planned planned{.generations = place.fleet.generations()};
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    Run& run = runs_[i];
    const std::string key = fmt::format("runs/{}", i);
    run.submit_s = since_start(run.submit, place, key + "/submit");
    if (run.due) run.due_s = since_start(*run.due, place, key + "/deadline");
    plan(run, key, place, planned);
  }
  std::ranges::stable_sort(runs_, {}, &Run::submit_s);
}

namespace {

/// The runs as jobs, one after the other.
class RunSource final : public JobSource {
 public:
  explicit RunSource(const std::vector<TrainingWork::Run>& runs) : runs_(runs) {}

  bool next(Job& job) override {
    if (next_ == runs_.size()) return false;
    const TrainingWork::Run& run = runs_[next_];
    const models::JobSize& wanted = run.sizes.front();
    job = {.index = next_,
           .submit_s = run.submit_s,
           .duration_s = wanted.duration_s,
           .gpus = wanted.gpus,
           .priority = static_cast<std::int32_t>(run.priority),
           .intensity = wanted.intensity,
           .sizes = run.sizes,
           .state_bytes = run.state_bytes(),
           .communication_share = run.on.front().communication_share()};
    ++next_;
    return true;
  }

 private:
  const std::vector<TrainingWork::Run>& runs_;
  std::size_t next_ = 0;
};

}  // namespace

std::unique_ptr<JobSource> TrainingWork::make_source(const WorkRun&) const {
  return std::make_unique<RunSource>(runs_);
}

std::string TrainingWork::words(const FleetSpec& fleet) const {
  const std::vector<ServerGeneration> generations = fleet.generations();
  std::string text = runs_.size() == 1 ? "one training run" : fmt::format("{} training runs", runs_.size());
  for (std::size_t i = 0; i < std::min(runs_.size(), runs_in_words); ++i) {
    const Run& run = runs_[i];
    text += fmt::format("{} \"{}\" trains {} on {:.4g} billion tokens with ", i == 0 ? ":" : ";", run.name,
                        run.order.model, run.on.front().tokens / 1e9);
    for (std::size_t size = 0; size < run.sizes.size(); ++size)
      text += fmt::format("{}{} GPUs{} ({}) in {}", size == 0 ? "" : ", or ", run.sizes[size].gpus,
                          fleet.further.empty() ? "" : " of " + generations[run.sizes[size].pool].server.name,
                          plan_text(run.on[size].setup.plan), duration_words(run.sizes[size].duration_s));
  }
  if (runs_.size() > runs_in_words) text += fmt::format("; and {} more", runs_.size() - runs_in_words);
  return text;
}

}  // namespace chokepoint::sim
