#pragma once

namespace chokepoint::models {

/// Bytes of a checkpoint of a training run.
struct CheckpointSize {
  double parameters = 0.0;
  /// Weights at 2, master copy at 4 and two moments of Adam at 4 bytes each.
  double bytes_per_parameter = 14.0;
};

double checkpoint_bytes(const CheckpointSize& size);

/// How fast one node of 8 GPUs writes and reads a checkpoint, bytes per second: the middle of 77 to 146 s that 54 to
/// 58 GB of GPU state took to write, and of 39 to 145 s to restore (arXiv:2502.16631). That a node has one such path
/// for all its GPUs, and that storage keeps up with all nodes at once, is assumed.
struct CheckpointPath {
  double write_bytes_per_s = 56e9 / 111.5;
  double read_bytes_per_s = 56e9 / 92.0;
  /// From GPUs to the memory of their host, where a checkpoint is written beside work: 8 links of PCIe 4 x16 at some
  /// 20 GB/s, assumed.
  double host_bytes_per_s = 160e9;
};

/// Seconds to write or read `bytes`. Expects a positive bandwidth.
double transfer_s(double bytes, double bytes_per_s);

/// Work between checkpoints, s, that loses least: sqrt(2 M w) (Young, 1974). Both arguments positive, s.
double young_interval_s(double mean_to_failure_s, double write_s);

/// Daly's higher-order form (A higher order estimate of the optimum checkpoint interval, 2006, equation 37), s;
/// the mean time to failure itself where a write takes twice that or more.
double daly_interval_s(double mean_to_failure_s, double write_s);

/// The interval that makes Daly's complete ratio largest (effective_time.hpp), s: the root of
/// (1 - T / M) exp(T / M) = exp(-w / M), which his higher-order form estimates.
double best_interval_s(double mean_to_failure_s, double write_s);

}  // namespace chokepoint::models
