#pragma once

#include "sim/input/csv_table.hpp"
#include "sim/workload/trace.hpp"

namespace chokepoint::sim {

/// Whether the row that `table` stands on is the header of a trace as Helios (Hu et al., SC '21) and Acme (Hu et al.,
/// NSDI '24) publish theirs: columns job_id, submit_time, duration (s) and gpu_num.
bool is_helios_trace(const CsvTable& table);

/// Reads the jobs after that header; the tenant is vc and the owner user where there is one. Submissions are dates:
/// local time as it stands, or with an offset, then all on the clock of the first. Second 0 is the start of 1970 on
/// that clock. Throws InputError with the faults of all lines.
Trace read_helios_trace(CsvTable& table);

}  // namespace chokepoint::sim
