#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "models/market/allocation.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// Starts goods within its capacity in GPUs and finishes them a cycle later.
class Foundry {
 public:
  /// `gpus` are in a good, by product.
  Foundry(const FoundrySpec& spec, std::vector<std::int64_t> gpus);

  /// From now on its capacity is this multiple of what its dates say; 1 unless a shock says otherwise.
  void scale_capacity(double factor) { factor_ = factor; }

  /// Before the first day: goods a day by product that were started all along, within capacity.
  void begin_with(const Eigen::ArrayXd& rates);
  /// What the day's capacity starts of what is asked for, by product; shared by `claims` where it is short.
  void start(std::int64_t day, std::span<const std::int64_t> asked, std::span<const double> claims);
  /// Goods by product that are finished on this day; each once, days in order.
  std::vector<std::int64_t> finish(std::int64_t day);
  /// A share of what is in work of a product becomes another of as many GPUs.
  void convert(std::size_t from, std::size_t to, double share);
  [[nodiscard]] std::int64_t in_work(std::size_t product) const { return in_work_[product]; }
  [[nodiscard]] double capacity_at(double day) const;

 private:
  FoundrySpec spec_;
  double factor_ = 1.0;
  /// GPUs of a day that make no whole one, and those of each product that make no whole good yet.
  double carried_ = 0.0;
  std::vector<std::int64_t> gpus_, loose_;
  /// By day of start modulo cycle.
  std::vector<std::vector<std::int64_t>> cycle_;
  std::vector<std::int64_t> in_work_;
  /// Of `start`, kept for its memory.
  std::vector<std::int64_t> asked_gpus_;
  models::AllocationByClaims allocate_;
};

}  // namespace chokepoint::sim
