#pragma once

namespace chokepoint::models {

/// What makes buyers order more than they need (Lee, Padmanabhan & Whang 1997: rationing and shortage gaming). Form of
/// this project.
struct PhantomOrders {
  /// By which share orders exceed the need at most, where the queue is endless.
  double inflation = 0.0;
  /// Days that goods take where nobody queues, positive.
  double usual_lead_days = 1.0;
  /// Of the price, 0 to 1: who pays for it at once orders what is needed.
  double deposit_share = 0.0;
  /// Where all get alike a larger order brings nothing.
  bool uniform_allocation = false;
};

/// What is ordered over what is needed, at least 1: it grows with the part of `lead_days` that is queue.
double ordered_over_needed(const PhantomOrders& terms, double lead_days);

}  // namespace chokepoint::models
