#pragma once

#include <string>

#include "models/workload/rate_profile.hpp"
#include "sim/input/field_visitor.hpp"

namespace chokepoint::sim {

/// Inside an object: the keys "daily", "weekly" and "growth" of a rate.
void visit_profile(FieldVisitor& v, models::RateProfile& profile);

/// What is told of a rate after its mean: empty where it is flat, else such as " (up to 2.1 times that by the hour,
/// growing by 50 % a year)".
std::string profile_words(const models::RateProfile& profile);

}  // namespace chokepoint::sim
