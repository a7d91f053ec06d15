#pragma once

#include "models/tariff/bill.hpp"

namespace chokepoint::analysis {

/// A steady load over a stretch of time, as a tariff sees it.
struct SteadyLoad {
  double power_w = 0.0;
  double duration_s = 0.0;
  models::Instant start;
};

/// The bill of that load: metered at the step that the tariff asks for, the last step with what is left of the energy.
/// The connection is new: no demand before the start. Throws InputError where the tariff cannot bill it.
models::Bill bill_of(const SteadyLoad& load, const models::Tariff& tariff, const models::TimeZone& zone);

}  // namespace chokepoint::analysis
