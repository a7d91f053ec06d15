#pragma once

namespace chokepoint::models {

/// Lessors of like capacity who compete for tenants; money and time in any one unit.
struct RentTerms {
  /// What it costs a lessor to have a unit of capacity used, positive.
  double running_cost = 0.0;
  /// Lessors, at least 1.
  double rivals = 2.0;
  /// Of tenants' demand to the rent, positive.
  double elasticity = 1.0;
  /// How far the rent moves toward where demand fills capacity, 0 to 1 a step.
  double adjustment = 0.1;
};

/// The rent at which `rivals` with capacity to spare have no reason to undercut each other: cost / (1 - 1 / (rivals
/// elasticity)) (Cournot 1838). Infinite where rivals times elasticity is at most 1: nothing bounds it but demand.
double rival_rent(const RentTerms& terms);

/// The next rent that lessors post. `pressure` is demand at today's rent over capacity, not negative. The rent moves to
/// where demand of constant elasticity would fill the capacity, and no lower than rivalry leaves it, the form that
/// Kreps & Scheinkman 1983 give to price setting under capacity. Rest: the larger of the rent that clears and
/// rival_rent (the clearing rent alone where that is infinite).
double posted_rent(const RentTerms& terms, double rent, double pressure);

}  // namespace chokepoint::models
