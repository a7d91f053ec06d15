#pragma once

namespace chokepoint::models {

/// Bytes of a checkpoint and the storage bandwidth that all its writers share; bytes and bytes per second.
struct CheckpointSize {
  double parameters = 0.0;
  /// Weights at 2, master copy at 4 and two moments of Adam at 4 bytes each.
  double bytes_per_parameter = 14.0;
};

double checkpoint_bytes(const CheckpointSize& size);

/// Seconds to write or read `bytes`. Expects a positive bandwidth.
double transfer_s(double bytes, double bytes_per_s);

/// Work between checkpoints, s, that loses least: sqrt(2 M w) (Young, 1974). Both arguments positive, s.
double young_interval_s(double mean_to_failure_s, double write_s);

/// Daly's higher-order form (A higher order estimate of the optimum checkpoint interval, 2006, equation 37), s;
/// the mean time to failure itself where a write takes twice that or more.
double daly_interval_s(double mean_to_failure_s, double write_s);

}  // namespace chokepoint::models
