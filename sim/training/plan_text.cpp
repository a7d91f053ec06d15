#include "sim/training/plan_text.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/input/csv_table.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

using models::ParallelPlan;
using models::Recompute;
using models::Sharding;

constexpr auto counts = std::to_array<std::pair<std::string_view, int ParallelPlan::*>>({
    {"tp", &ParallelPlan::tensor},
    {"pp", &ParallelPlan::pipeline},
    {"dp", &ParallelPlan::data},
    {"cp", &ParallelPlan::context},
    {"ep", &ParallelPlan::expert},
    {"mbs", &ParallelPlan::micro_batch},
    {"v", &ParallelPlan::interleave},
});
constexpr auto recomputes = std::to_array<std::pair<std::string_view, Recompute>>(
    {{"none", Recompute::none}, {"selective", Recompute::selective}, {"full", Recompute::full}});
constexpr auto shardings = std::to_array<std::pair<std::string_view, Sharding>>({
    {"zero0", Sharding::none},
    {"zero1", Sharding::optimizer},
    {"zero2", Sharding::gradients},
    {"zero3", Sharding::parameters},
    {"fsdp", Sharding::parameters},
    {"hsdp", Sharding::hybrid},
});

template <class Words, class Value>
std::string_view word_of(const Words& words, Value value) {
  return std::ranges::find(words, value, [](const auto& word) { return word.second; })->first;
}

bool take(std::string_view word, ParallelPlan& plan) {
  if (word == "sp") return plan.sequence_parallel = true;
  for (const auto& [name, value] : recomputes)
    if (word == name) return plan.recompute = value, true;
  for (const auto& [name, value] : shardings)
    if (word == name) return plan.sharding = value, true;
  for (const auto& [name, member] : counts) {
    if (!word.starts_with(name)) continue;
    const auto count = parse_integer(word.substr(name.size()));
    if (!count || *count < 1 || *count > 1'000'000) return false;
    plan.*member = static_cast<int>(*count);
    return true;
  }
  return false;
}

}  // namespace

ParallelPlan parse_plan(std::string_view text) {
  ParallelPlan plan;
  std::vector<Fault> faults;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;)
    if (!take(word, plan))
      faults.push_back({.file = "--plan",
                        .expected = "words such as tp8 pp16 dp8 mbs1 v2 full zero1 sp",
                        .found = fmt::format("\"{}\"", word)});
  throw_if_any(std::move(faults));
  return plan;
}

std::string plan_text(const ParallelPlan& plan) {
  std::string text = fmt::format("tp{} pp{} dp{} mbs{}", plan.tensor, plan.pipeline, plan.data, plan.micro_batch);
  if (plan.context > 1) text += fmt::format(" cp{}", plan.context);
  if (plan.expert > 1) text += fmt::format(" ep{}", plan.expert);
  if (plan.interleave > 1) text += fmt::format(" v{}", plan.interleave);
  if (plan.recompute != Recompute::none) text += fmt::format(" {}", word_of(recomputes, plan.recompute));
  if (plan.sharding != Sharding::none) text += fmt::format(" {}", word_of(shardings, plan.sharding));
  if (plan.sequence_parallel) text += " sp";
  return text;
}

}  // namespace chokepoint::sim
