#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sim/scenario/scenario.hpp"

namespace chokepoint::sim {

/// What a replay needs to be told: a trace and the cluster to put it on.
struct ReplayRequest {
  std::filesystem::path trace;
  /// One of the two: nodes that all jobs share, or a file of nodes by tenant.
  std::optional<std::uint32_t> nodes;
  std::optional<std::filesystem::path> tenants;
  std::optional<int> gpus_per_node;
  std::string policy = "fifo";
  std::string placement = "best-fit";
  std::string server = "dgx-a100-80gb";
  /// Name or file of a tariff.
  std::optional<std::string> tariff;
  std::optional<models::IsoDate> start;
  std::string time_zone = "UTC";
  double pue = 1.0;
};

/// The scenario of a replay: one fleet at one site, from the hour of the first submission until all jobs are done.
/// Second 0 of the trace is `start`, or what the trace says it is, or the first of January 1970; the record keeps the
/// trace's clock. Throws InputError with all faults of all files.
Scenario replay_scenario(const ReplayRequest& request);

}  // namespace chokepoint::sim
