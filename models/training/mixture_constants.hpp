#pragma once

namespace chokepoint::models {

/// What the step time needs to know of mixtures of experts beside its ten constants; none of it is fitted on the steps
/// of the core. The fixed time is set from measured steps of mixtures: those of Qwen3 in `measured_steps.csv`; those of
/// other mixtures are held out.
struct MixtureConstants {
  /// Rate of the grouped products of experts over that of one dense product. DeepGEMM on H800 (its README of February
  /// 2025): 1,297, 1,099, 1,288 and 1,093 TFLOP/s for the experts of DeepSeek-V3, forward; up to 1,358 for dense ones.
  double grouped = 0.88;
  /// Tokens of the busiest expert rank over the mean. Without an auxiliary loss the busiest expert has 1.04 times the
  /// mean over a run (Wang et al., arXiv:2408.15664, table 2).
  double imbalance = 1.04;
  /// Rows that each expert's share of tokens is filled up to: half a tile of 128 is lost on average.
  double tile_waste = 64.0;
  /// Fixed time of a layer, micro-batch and pass more than a dense layer's, s: the router, sorting, counts that the
  /// host waits for.
  double layer_s = 1.0e-3;
};

}  // namespace chokepoint::models
