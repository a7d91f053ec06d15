#pragma once

#include <optional>

#include "models/training/transformer.hpp"
#include "sim/catalogue/entry.hpp"

namespace chokepoint::sim {

/// A language model with how it was trained: tokens in all, and sequences a step.
struct LanguageModel {
  models::Transformer shape;
  std::optional<double> tokens{};
  std::optional<std::int64_t> batch{};
};

void visit(FieldVisitor& visitor, Entry<LanguageModel>& entry);

}  // namespace chokepoint::sim
