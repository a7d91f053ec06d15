#pragma once

namespace chokepoint::models {

/// Share of a capital that a payment at the end of each of `periods` (positive) has to be, to pay it back with interest
/// `rate` a period (0 or more): r / (1 - (1 + r)^-n), at no interest 1 / n.
double capital_recovery_factor(double rate, double periods);

}  // namespace chokepoint::models
