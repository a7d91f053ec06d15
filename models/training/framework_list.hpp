#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/training/framework_traits.hpp"
#include "models/training/training_task.hpp"

namespace chokepoint::models {

/// Traits of the framework that a text names ("Megatron-LM PTD-P", "llm-foundry FSDP PURE"), whatever follows its name
/// and in letters of any size; those of `default_framework()` for a name that is not in the list. `hopper_or_later`:
/// the software is of 2022 or later, since it runs on a GPU of that time. The list and its sources: framework_list.cpp.
FrameworkTraits framework_traits(std::string_view name, Precision precision, bool hopper_or_later);

/// The names in the list, in its order and in small letters; and whether a text begins with one of them.
std::vector<std::string> framework_names();
bool is_known_framework(std::string_view name);

/// Fused attention of the day, data traffic behind computation, gradients in fp32.
FrameworkTraits default_framework(bool hopper_or_later);

}  // namespace chokepoint::models
