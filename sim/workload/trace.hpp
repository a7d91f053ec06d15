#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/calendar/iso_date.hpp"
#include "sim/record/table.hpp"
#include "sim/workload/job_source.hpp"

namespace chokepoint::sim {

/// Jobs of a cluster as they were submitted, held by column in the order of their file. Times are seconds on the
/// trace's own clock.
struct Trace {
  std::string file;
  TextColumn ids;
  std::vector<double> submit_s;
  std::vector<double> duration_s;
  std::vector<std::int32_t> gpus;
  /// Index into `tenants`; all zero, and one tenant without a name, where the file has none.
  std::vector<std::uint32_t> tenant;
  std::vector<std::string> tenants;
  /// Index into `owners`: the user, or where the file names none the tenant.
  std::vector<std::uint32_t> owner;
  std::vector<std::string> owners;
  /// What the user announced, s, 0 where unknown; empty where the file has none.
  std::vector<double> announced_s;
  /// Higher goes first; empty where the file has none.
  std::vector<std::int32_t> priority;
  /// The line of each job, for messages.
  std::vector<std::uint32_t> line;
  /// Jobs without GPUs, which are left out.
  std::size_t without_gpus = 0;
  /// Columns that were read and those that were passed over, by the names of the form.
  std::vector<std::string> understood;
  std::vector<std::string> passed_over;
  /// The date of second 0, where the file tells one.
  std::optional<models::LocalTime> origin;

  [[nodiscard]] std::size_t size() const { return submit_s.size(); }
};

/// Reads a trace, plain or gzip, of a form known by its content: those of helios_trace.hpp, swf_trace.hpp and
/// sacct_trace.hpp, or CSV of columns job_id, submit_time_s, duration_s, gpus, and where they are there vc (the
/// tenant), user (the owner), announced_s (seconds, empty where unknown), priority (a whole number; higher goes first)
/// and timestamp (ISO date of the submission); others are passed over. Throws InputError with the faults of all lines:
/// missing columns, texts for numbers, negative times, ids that stand twice, lines that are cut off.
Trace read_trace(const std::filesystem::path& path);

/// The jobs of a trace in order of submission, those of one second in the order of the file.
class TraceSource final : public JobSource {
 public:
  /// How the trace stands in a fleet. What is left out is 0.
  struct Place {
    /// The fleet's tenant for each of the trace's.
    std::vector<std::uint32_t> tenant_of;
    /// The fleet's owner for each of the trace's owners, or else for each of its tenants.
    std::vector<std::uint32_t> owner_of{};
    std::vector<std::uint32_t> owner_of_tenant{};
    /// Of jobs to which the trace gives none: by owner where that has one, else by tenant.
    std::vector<std::optional<std::int32_t>> priority_of_owner{};
    std::vector<std::int32_t> priority_of_tenant{};
    /// The second of the trace's clock at which the run starts, none of its jobs before it.
    double start_s = 0.0;
  };
  TraceSource(std::shared_ptr<const Trace> trace, Place place);
  bool next(Job& job) override;

 private:
  std::shared_ptr<const Trace> trace_;
  Place place_;
  std::vector<std::uint32_t> order_;  // empty where the file is in order already
  std::size_t at_ = 0;
};

}  // namespace chokepoint::sim
