#include "sim/market/foundry.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/contract/expects.hpp"
#include "sim/market/dated_levels.hpp"

namespace chokepoint::sim {

Foundry::Foundry(const FoundrySpec& spec, std::vector<std::int64_t> gpus)
    : spec_(spec),
      gpus_(std::move(gpus)),
      loose_(gpus_.size(), 0),
      cycle_(static_cast<std::size_t>(spec.cycle_days), std::vector<std::int64_t>(gpus_.size(), 0)),
      in_work_(gpus_.size(), 0) {
  models::expects(spec.cycle_days >= 1, "goods take a day at least");
}

void Foundry::begin_with(const Eigen::ArrayXd& rates) {
  double total = 0.0;
  for (std::size_t k = 0; k < gpus_.size(); ++k)
    total += static_cast<double>(gpus_[k]) * rates[static_cast<Eigen::Index>(k)];
  const double share = total > 0.0 ? std::min(1.0, capacity_at(0.0) / total) : 0.0;
  for (std::size_t k = 0; k < in_work_.size(); ++k) {
    const double rate = share * rates[static_cast<Eigen::Index>(k)];
    double carried = 0.0;
    for (auto& slot : cycle_) {
      carried += rate;
      const auto goods = static_cast<std::int64_t>(carried);
      carried -= static_cast<double>(goods);
      slot[k] += goods;
      in_work_[k] += goods;
    }
  }
}

double Foundry::capacity_at(double day) const {
  return factor_ * straight_between(spec_.capacity, day);
}

void Foundry::start(std::int64_t day, std::span<const std::int64_t> asked, std::span<const double> claims) {
  carried_ += capacity_at(static_cast<double>(day));
  const auto capacity = static_cast<std::int64_t>(std::floor(carried_));
  // What is not used of a day is lost; the fraction of a GPU is carried.
  carried_ -= static_cast<double>(capacity);
  asked_gpus_.assign(asked.begin(), asked.end());
  for (std::size_t k = 0; k < gpus_.size(); ++k) asked_gpus_[k] *= gpus_[k];
  const auto given = allocate_(capacity, asked_gpus_, claims);
  auto& slot = cycle_[static_cast<std::size_t>(day % spec_.cycle_days)];
  for (std::size_t k = 0; k < given.size(); ++k) {
    loose_[k] += given[k];
    const std::int64_t goods = std::min(asked[k], loose_[k] / gpus_[k]);
    loose_[k] = std::min(loose_[k] - goods * gpus_[k], gpus_[k] - 1);
    slot[k] += goods;
    in_work_[k] += goods;
  }
}

void Foundry::convert(std::size_t from, std::size_t to, double share) {
  models::expects(gpus_[from] == gpus_[to] && share >= 0.0 && share <= 1.0, "a variant has the GPUs of its parent");
  double carried = 0.0;
  for (auto& slot : cycle_) {
    carried += share * static_cast<double>(slot[from]);
    const auto goods = std::min(slot[from], static_cast<std::int64_t>(carried));
    carried -= static_cast<double>(goods);
    slot[from] -= goods;
    slot[to] += goods;
    in_work_[from] -= goods;
    in_work_[to] += goods;
  }
}

std::vector<std::int64_t> Foundry::finish(std::int64_t day) {
  auto& slot = cycle_[static_cast<std::size_t>(day % spec_.cycle_days)];
  std::vector<std::int64_t> finished(slot.size(), 0);
  std::swap(finished, slot);
  for (std::size_t k = 0; k < finished.size(); ++k) in_work_[k] -= finished[k];
  return finished;
}

}  // namespace chokepoint::sim
