#include "sim/market/allocation_log.hpp"

#include <algorithm>

namespace chokepoint::sim {

void AllocationLog::note(const Allocation& of) {
  const auto is_same = [&](const Allocation& row) {
    return row.product == of.product && row.region == of.region && row.cohort == of.cohort;
  };
  // Customers of a cohort follow one another.
  if (last_ >= rows_.size() || !is_same(rows_[last_]))
    last_ = static_cast<std::size_t>(std::ranges::find_if(rows_, is_same) - rows_.begin());
  if (last_ == rows_.size()) {
    rows_.push_back(of);
    return;
  }
  rows_[last_].ordered += of.ordered;
  rows_[last_].shipped += of.shipped;
}

}  // namespace chokepoint::sim
