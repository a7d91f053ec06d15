#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/calendar/iso_date.hpp"
#include "models/finance/exchange_rates.hpp"
#include "models/hardware/fabric.hpp"
#include "models/hardware/server.hpp"
#include "models/tariff/bill.hpp"
#include "sim/fleet/fleet.hpp"
#include "sim/input/field_visitor.hpp"
#include "sim/scenario/failure_spec.hpp"
#include "sim/site/site.hpp"
#include "sim/workload/work.hpp"

namespace chokepoint::sim {

struct MarketSpec;

/// A place with power, as a scenario gives it. Dates are on the site's own clock.
struct SiteSpec {
  struct Window {
    models::IsoDate from;
    models::IsoDate until;
    double limit_w = 0.0;
  };

  std::string name;
  models::TimeZone zone;
  models::Pue pue;
  std::optional<models::WetBulbClimate> climate;
  double it_load_w = 0.0;
  double facility_load_w = 0.0;
  std::optional<double> limit_w;
  std::vector<Window> curtailments;
  ShedPolicy shed = ShedPolicy::hold;
  std::optional<models::Tariff> tariff;
  models::BillingOptions billing;
  double carbon_kg_per_j = 0.0;
};

/// Servers of one type in a fleet.
struct ServerGeneration {
  models::Server server;
  std::int64_t nodes = 0;
  /// Of a job, against the servers that its duration is told for.
  double speed = 1.0;
  /// For one server; what the scenario says, or the catalogue's reference price.
  std::optional<Price> server_price{};

  [[nodiscard]] std::int64_t gpus() const { return nodes * server.gpus; }
  /// What a cap on the power of a GPU leaves of the intensity of jobs; infinity without one.
  [[nodiscard]] double most_intensity(std::optional<double> gpu_power_cap_w) const;
};

/// How owners of jobs share a fleet under fair share: users of traces, or their tenants; works that name no owners by
/// their own names.
struct OwnerShares {
  std::map<std::string, double> of;
  bool among_tenants = false;
  double half_life_s = 7.0 * 86400.0;
};

/// Nodes at a site, of one type of server or of several, and the work for them.
struct FleetSpec {
  std::string name;
  std::size_t site = 0;
  /// Of the nodes of the tenants.
  models::Server server;
  double speed = 1.0;
  bool rated_power = false;
  std::vector<TenantNodes> tenants;
  /// Nodes of other types, for one tenant: a job takes the first generation that has room for it.
  std::vector<ServerGeneration> further{};
  std::optional<double> gpu_power_cap_w{};
  std::string scheduler = "fifo";
  /// What a preempted job needs to go on, s.
  double restart_s = 0.0;
  std::string placement = "best-fit";
  models::Fabric fabric;
  /// Whether jobs share the fabric's cables, and how much of their time they communicate where they do not say.
  bool shares_network = false;
  double communication_share = 0.0;
  std::optional<FailureSpec> failures;
  /// Without the rates of failures, which are those of `failures`.
  std::optional<models::CheckpointPolicy> checkpoints;
  /// Of the nodes, those that take no work until another one fails.
  std::uint32_t spare_nodes = 0;
  models::SchedulerTerms terms{};
  OwnerShares shares{};
  /// By owner, tenant or work, where jobs have none of their own.
  std::map<std::string, std::int32_t> priorities{};
  std::vector<NamedWork> works;
  /// For one server; what the scenario says, or the catalogue's reference price.
  std::optional<Price> server_price;

  /// The first that of `server`; a generation is known by its place here.
  [[nodiscard]] std::vector<ServerGeneration> generations() const;
  [[nodiscard]] std::int64_t nodes() const;
  [[nodiscard]] std::int64_t gpus() const;
  /// The most GPUs that a job of a tenant finds together: those of one generation.
  [[nodiscard]] std::int64_t most_gpus(std::size_t tenant) const;
};

/// What somebody printed about the case that a scenario restates, to be held beside the figure that a run gives.
struct PrintedFigure {
  std::string figure;
  std::string printed;
  std::optional<double> value;
  std::string note;
};
struct CaseSpec {
  std::string id;
  std::string source;
  std::vector<PrintedFigure> printed;
};

/// A world to simulate, already valid: every name is resolved, every quantity is in base units.
struct Scenario {
  std::string name;
  std::string title;
  std::string description;
  std::uint64_t seed = 1;
  /// Of the first site, or, without one, UTC.
  models::TimeZone zone;
  models::Instant start;
  /// What the clock of the record shows at the start, s: a replay keeps the clock of its trace.
  double clock_s = 0.0;
  /// None: until all work is done.
  std::optional<models::Instant> end;
  models::ExchangeRates money;
  /// Simulated from the start on, but counted in no figure, whole seconds.
  double run_in_s = 0.0;
  double series_step_s = 3600.0;
  std::vector<SiteSpec> sites;
  std::vector<FleetSpec> fleets;
  /// Null where there is none.
  std::shared_ptr<const MarketSpec> market;
  std::optional<CaseSpec> printed_case;
};

}  // namespace chokepoint::sim
