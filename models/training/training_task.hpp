#pragma once

#include "models/training/transformer.hpp"

namespace chokepoint::models {

/// Number format of the matrix products.
enum class Precision { fp16, bf16, fp8 };

/// One step of training: `global_batch` sequences of `sequence` tokens through the model and back.
struct TrainingTask {
  Transformer model;
  int sequence = 2048;
  int global_batch = 1;
  Precision precision = Precision::bf16;

  [[nodiscard]] double tokens() const { return static_cast<double>(sequence) * global_batch; }
};

}  // namespace chokepoint::models
