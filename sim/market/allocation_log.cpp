#include "sim/market/allocation_log.hpp"

#include <algorithm>

namespace chokepoint::sim {

void AllocationLog::note(const Allocation& of) {
  const auto found = std::ranges::find_if(rows_, [&](const Allocation& row) {
    return row.product == of.product && row.region == of.region && row.cohort == of.cohort;
  });
  if (found == rows_.end()) {
    rows_.push_back(of);
    return;
  }
  found->ordered += of.ordered;
  found->shipped += of.shipped;
}

}  // namespace chokepoint::sim
