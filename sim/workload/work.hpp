#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/calendar/time_zone.hpp"
#include "sim/input/fault.hpp"
#include "sim/input/field_visitor.hpp"
#include "sim/workload/job_source.hpp"
#include "sim/workload/owner_table.hpp"

namespace chokepoint::sim {

struct FleetSpec;
struct Scenario;
class ServiceMeter;

/// Where a work stands in its scenario, while that is read.
struct WorkPlace {
  /// The fleet, without its works.
  const FleetSpec& fleet;
  /// Of the run, where it has an end.
  std::optional<double> length_s;
  /// The folder that a file named under `key` of the work is relative to.
  std::function<std::filesystem::path(const std::string& key)> folder_of;
  /// Adds a fault at `key` of the work.
  std::function<void(const std::string& key, std::string expected, std::string found)> refuse;
  /// The scenario's start, and the clock of the fleet's site.
  models::Instant start{};
  models::TimeZone zone{};
  std::vector<Fault>& faults;
};

/// A run that a work is for.
struct WorkRun {
  const Scenario& scenario;
  const FleetSpec& fleet;
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;
  /// What the names of its random streams begin with; works of other kinds may have the same, and name theirs apart.
  std::string stream;
  /// Where jobs name their owners.
  OwnerTable* owners = nullptr;
};

/// Work for a fleet, as a scenario states it. Each kind is a class in a file of its own and a line in work_kinds.cpp;
/// nothing else knows the kinds.
class Work {
 public:
  virtual ~Work() = default;

  /// Its keys, beside "kind" and those that all kinds have.
  virtual void visit(FieldVisitor& v) = 0;
  /// Reads the files that it names and holds it against its fleet. Faults are added; InputError is gathered too.
  virtual void resolve(const WorkPlace&) {}

  /// The jobs of a run, in order of submission.
  [[nodiscard]] virtual std::unique_ptr<JobSource> make_source(const WorkRun& run) const = 0;
  /// What a service asks for and has in a run; none if it is none.
  [[nodiscard]] virtual std::unique_ptr<ServiceMeter> make_meter(const WorkRun& run) const;
  /// Jobs that come in all, where that is known; for progress.
  [[nodiscard]] virtual std::uint64_t expected_jobs() const { return 0; }
  [[nodiscard]] virtual bool ends_by_itself() const = 0;
  /// Whether its jobs are somebody's, with waits that count and rows of the table of jobs, or a demand cut in pieces.
  [[nodiscard]] virtual bool has_jobs_of_its_own() const { return true; }
  /// Owners and tenants that its jobs name; where there are none they are all the work's.
  [[nodiscard]] virtual std::vector<std::string> owner_names() const { return {}; }
  /// Whether checkpoints of its jobs need no times or sizes from the fleet: each job has its own, or it has none to
  /// keep.
  [[nodiscard]] virtual bool knows_its_state() const { return !has_jobs_of_its_own(); }
  /// Whether what becomes of each of its jobs is kept for a table of its own.
  [[nodiscard]] virtual bool keeps_outcomes() const { return false; }
  /// What it is, to follow "Work: ".
  [[nodiscard]] virtual std::string words(const FleetSpec& fleet) const = 0;

  /// Names for the job of an index of its source; where it names no tenants, those of the fleet are told.
  [[nodiscard]] virtual std::string job_name(std::uint64_t index) const { return std::to_string(index); }
  [[nodiscard]] virtual std::optional<std::string> tenant_name(std::uint64_t /*index*/) const { return std::nullopt; }
};

/// One of the works of a fleet.
struct NamedWork {
  /// Empty where the scenario gives none.
  std::string name;
  std::shared_ptr<const Work> work;
};

}  // namespace chokepoint::sim
