#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sim/fabric/fleet_contention.hpp"
#include "sim/fleet/fleet.hpp"
#include "sim/fleet/node_failures.hpp"
#include "sim/kernel/kernel.hpp"
#include "sim/record/progress.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/site/site.hpp"
#include "sim/workload/service_meter.hpp"
#include "sim/world/job_log.hpp"

namespace chokepoint::sim {

class Market;
class MarketDetails;
class MarketTable;
class OrderFigures;
struct Figure;

/// The parts of a scenario on a kernel: sites, fleets with their work, and logs of what becomes of it.
class World {
 public:
  World(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate, bool keep_details);
  ~World();

  /// To the scenario's end, or until all work is done.
  void run(const Progress& progress);

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  /// What figures, series and bills count: all seconds after the run-in, from this date on.
  [[nodiscard]] double counted_s() const { return std::max(0.0, kernel_.now_s() - scenario_.run_in_s); }
  [[nodiscard]] models::Instant counted_from() const;
  /// Seconds that were simulated.
  [[nodiscard]] double elapsed_s() const { return kernel_.now_s(); }
  [[nodiscard]] std::uint64_t events() const { return kernel_.events(); }
  [[nodiscard]] const std::vector<std::unique_ptr<Site>>& sites() const { return sites_; }

  struct RunningFleet {
    const FleetSpec* spec;
    std::unique_ptr<JobSource> source;
    /// By work; null where it is no service.
    std::vector<std::unique_ptr<ServiceMeter>> meters;
    std::unique_ptr<JobLog> log;
    /// Where its jobs share a network that may be full.
    std::unique_ptr<FleetContention> contention{};
    std::unique_ptr<Fleet> fleet;
    /// Where its nodes fail by chance.
    std::unique_ptr<NodeFailures> failures;
    /// Jobs that arrive in all, where that is known; for progress.
    std::uint64_t expected_jobs = 0;
  };
  [[nodiscard]] const std::vector<RunningFleet>& fleets() const { return fleets_; }
  /// Tables of the market, none where the scenario has none: its days, and where they are kept its details. Once.
  std::vector<Table> take_market_tables();
  /// What became of what its customers ordered; none without a market.
  [[nodiscard]] std::vector<Figure> order_figures() const;

 private:
  class Log;
  class RunInEnd;

  void add_site(const SiteSpec& spec);
  void add_fleet(const FleetSpec& spec, std::uint64_t seed, std::uint32_t replicate, bool keep_details);
  void add_market(std::uint64_t seed, std::uint32_t replicate, bool keep_details);
  void begin_counting();
  void stop_when_all_done();
  [[nodiscard]] std::optional<models::PriceForecast::Source> energy_prices(const SiteSpec& site) const;
  [[nodiscard]] double share_done() const;
  [[nodiscard]] double offset_s(models::Instant instant) const;

  const Scenario& scenario_;
  Kernel kernel_;
  std::vector<std::unique_ptr<Site>> sites_;
  std::vector<RunningFleet> fleets_;
  std::unique_ptr<MarketTable> market_table_;
  std::unique_ptr<MarketDetails> market_details_;
  std::unique_ptr<OrderFigures> order_figures_;
  std::unique_ptr<Market> market_;
  std::unique_ptr<EventHandler> run_in_end_;
};

}  // namespace chokepoint::sim
