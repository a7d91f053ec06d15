#include "models/tariff/coincident_event_charge.hpp"

#include <algorithm>

namespace chokepoint::models {

std::vector<double> CoincidentEventCharge::amounts(const MeteredLoad& load, std::span<const BillLine>) const {
  std::vector<double> result(load.months.size(), 0.0);
  const auto count = static_cast<std::int64_t>(load.steps.size());
  for (const CoincidentEvent& event : events_) {
    const MeterStep* highest = nullptr;
    for (const CoincidentEvent::Hours& hours : event.hours) {
      const std::int64_t first = std::max<std::int64_t>(0, (hours.from - load.start) / load.step);
      for (std::int64_t i = first; i < count && load.time(static_cast<std::size_t>(i)) < hours.to; ++i) {
        const MeterStep& step = load.steps[static_cast<std::size_t>(i)];
        if (load.time(static_cast<std::size_t>(i)) + load.step <= hours.from) continue;
        if (highest == nullptr || step.demand_kw > highest->demand_kw) highest = &step;
      }
    }
    if (highest != nullptr) result[highest->month] += highest->demand_kw * event.price_per_kw;
  }
  return result;
}

}  // namespace chokepoint::models
