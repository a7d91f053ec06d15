#pragma once

#include <string>

#include "models/calendar/time_zone.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::sim {

/// The wall clock of a place, such as "Asia/Shanghai", by the operating system's copy of the IANA database, with all
/// changes from 1900 to 2250; those after 2037 by the rule in force. Throws InputError on an unknown name, with a near
/// one.
models::TimeZone load_time_zone(const std::string& name);

/// Whether there is a zone of that name.
bool is_time_zone(const std::string& name);

/// The fault of an unknown name; the reader of a file adds where it stands.
Fault unknown_time_zone(const std::string& name);

}  // namespace chokepoint::sim
