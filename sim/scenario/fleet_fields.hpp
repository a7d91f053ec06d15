#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/input/field_visitor.hpp"
#include "sim/scenario/scenario.hpp"

namespace chokepoint::sim {

/// Which servers of a fleet a job tries first: those on which it ends first, those on which it takes the least energy,
/// or the first of the list.
enum class ServerPreference { fastest, frugal, listed };

/// A fleet as its file states it.
struct FleetFields {
  struct WorkFields {
    std::string name;
    std::shared_ptr<Work> work;
  };

  struct ServerFields {
    std::string server;
    std::int64_t nodes = 0;
    std::optional<double> speed;
    std::optional<Price> server_price;
  };

  std::string name;
  std::string site;
  std::string server;
  /// In place of `server` and `nodes`, the first that of which durations are told.
  std::vector<ServerFields> servers;
  ServerPreference prefer = ServerPreference::fastest;
  std::optional<std::int64_t> nodes;
  std::map<std::string, std::int64_t> tenants;
  std::string scheduler = "fifo";
  double restart_s = 0.0;
  std::string placement = "best-fit";
  models::Fabric fabric;
  bool shares_network = false;
  /// Assumed where a scenario says nothing.
  double communication_share = 0.2;
  std::optional<FailureSpec> failures;
  std::optional<models::CheckpointPolicy> checkpoints;
  std::int64_t spare_nodes = 0;
  models::SchedulerTerms terms{};
  OwnerShares shares{};
  std::map<std::string, std::int64_t> priorities;
  bool rated_power = false;
  std::optional<double> gpu_power_cap_w;
  std::optional<Price> server_price;
  std::vector<WorkFields> works;
  /// Whether the works stand in a list, or there is one, in its place.
  bool works_listed = false;
};

void visit(FieldVisitor& v, FleetFields& fleet);

}  // namespace chokepoint::sim
