#pragma once

#include <chrono>
#include <span>
#include <string>

#include "models/hardware/accelerator.hpp"
#include "sim/market/shock_course.hpp"

namespace chokepoint::sim {

/// Goods on their way: which product, from which region, to which.
struct GoodsFlow {
  std::string product;
  const models::Accelerator* accelerator = nullptr;
  std::string from;
  std::string to;
};

/// Whether `target` meets the flow. An attribute that the catalogue does not know leaves a product out, unless it is
/// named.
bool meets(const ShockTarget& target, const GoodsFlow& flow);

/// The share of a flow that may be delivered on `day`, from 0 (barred) to 1: the product over the shocks that bar
/// goods, with their waivers and licences. Exactly 0 from the effective date on where there is neither.
double legal_now(std::span<const ShockCourse> shocks, const GoodsFlow& flow, std::chrono::local_days day);

/// The share of a flow that may be delivered on `date`, as the market believes on `day`: 1 where it has heard of no
/// rule. Waivers, licences and ends count from the day on which they are known.
///
/// A rumour (from its `announced` to its `end`, until its shock is announced) gives its shock the chance `size`, to be
/// in force `notice_days` from whatever day is today. Of several rumours about a shock the one heard last holds.
double legal_on(std::span<const ShockCourse> shocks, const GoodsFlow& flow, std::chrono::local_days day,
                std::chrono::local_days date);

/// The mean of that over the days [day, day + horizon_days): with an effective date e that is known
/// clip((e - day) / horizon, 0, 1), under a rumour (1 - q) + q clip(notice / horizon, 0, 1). `horizon_days` > 0.
double legal_share(std::span<const ShockCourse> shocks, const GoodsFlow& flow, std::chrono::local_days day,
                   double horizon_days);

}  // namespace chokepoint::sim
