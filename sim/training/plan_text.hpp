#pragma once

#include <string>
#include <string_view>

#include "models/training/parallel_plan.hpp"

namespace chokepoint::sim {

/// A plan as a person writes it, words in any order: "tp8 pp16 dp8 mbs1 v2 full zero1 sp". tp tensor, pp pipeline, dp
/// data, mbs micro-batch, v interleave; none, selective or full recomputation; zero0 to zero3, fsdp or hsdp; sp
/// sequence parallelism. What is left out is 1 or none. Throws InputError with every word that is none of these.
models::ParallelPlan parse_plan(std::string_view text);

/// The same words for a plan.
std::string plan_text(const models::ParallelPlan& plan);

}  // namespace chokepoint::sim
