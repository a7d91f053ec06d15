#pragma once

#include <optional>
#include <string_view>

#include "sim/input/csv_table.hpp"
#include "sim/workload/trace.hpp"

namespace chokepoint::sim {

/// Whether the row that `table` stands on is the header of Slurm's `sacct --parsable2` with at least JobID, Submit,
/// Elapsed and AllocTRES.
bool is_sacct_trace(const CsvTable& table);

/// Reads the jobs after that header; the tenant is the Partition, the owner the User and what was announced the
/// Timelimit, where they are there. Steps of jobs, such as 123.batch,
/// are passed over; jobs that still run or wait by their State are left out with those without GPUs. Dates as in
/// helios_trace.hpp. Throws InputError with the faults of all lines.
Trace read_sacct_trace(CsvTable& table);

/// Seconds of "[[D-]HH:]MM:SS", as Slurm writes an elapsed time; none for another text.
std::optional<double> parse_elapsed(std::string_view text);

/// GPUs of trackable resources such as "cpu=8,gres/gpu:a100=4,gres/gpu=4,node=1": the whole, gres/gpu, where it is
/// stated, else the sum over the types; 0 for a list without GPUs; none for a number that is no whole one.
std::optional<double> gpus_of_tres(std::string_view tres);

}  // namespace chokepoint::sim
