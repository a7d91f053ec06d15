#pragma once

#include "models/tariff/tariff.hpp"

namespace chokepoint::models {

/// What a further kWh costs at `instant` by the clock of `zone`, in the first tier and without demand: the price that a
/// picture shows beside a load.
double energy_price_per_kwh(const Tariff& tariff, Instant instant, const TimeZone& zone, const BillingOptions& options);

}  // namespace chokepoint::models
