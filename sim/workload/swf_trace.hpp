#pragma once

#include <string>
#include <string_view>

#include "sim/workload/trace.hpp"

namespace chokepoint::sim {

/// Whether `text` is in the Standard Workload Format (Feitelson): its first line is a comment after a semicolon with
/// blanks or nothing before it, or has 18 numbers with blanks between them.
bool is_swf_trace(std::string_view text);

/// Reads such a trace: the numbers of the job (field 1), its submission (2) and run time (4) in seconds, and its
/// processors, allocated (5) or, where those are unknown, requested (8), each of which counts as one GPU; and where
/// they are known the time requested (9), which is what was announced, the user (12), who is the owner, and the queue
/// (15), whose number is the priority. Jobs of unknown (-1) run time or processors are left out with those without
/// GPUs. The date of second 0 is that of the header UnixStartTime, in UTC. Throws InputError with the faults of all
/// lines.
Trace read_swf_trace(std::string_view text, const std::string& file);

}  // namespace chokepoint::sim
