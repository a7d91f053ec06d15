#pragma once

#include "sim/record/table.hpp"
#include "sim/world/world.hpp"

namespace chokepoint::sim {

/// Table "series": averages over the steps of the scenario's series, all sites together. Columns time_s, date, power_w,
/// and, where there are fleets, utilization_allocated, queue_jobs, running_jobs; limit_w and speed
/// where the site is limited, and price_CUR_per_kwh (currency in small letters) where one site is billed.
Table series_table(const World& world);

}  // namespace chokepoint::sim
