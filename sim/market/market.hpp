#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "sim/kernel/kernel.hpp"
#include "sim/market/importers.hpp"
#include "sim/market/market_accounts.hpp"
#include "sim/market/market_agents.hpp"
#include "sim/market/market_board.hpp"
#include "sim/market/market_shocks.hpp"
#include "sim/market/market_spec.hpp"
#include "sim/market/spot_book.hpp"
#include "sim/market/supply.hpp"

namespace chokepoint::sim {

/// A foundry, a vendor and regions of agents, who meet once a day: goods arrive, prices are weighed, a call auction
/// is held for each product and region, and orders go to the vendor. All prices come of it. Day 0 is built on list
/// prices; a run-in makes it a market's.
class Market final : public EventHandler {
 public:
  struct Setup {
    MarketSpec spec;
    /// Days from the start on that are simulated.
    std::int64_t days = 0;
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
    /// Of its events on the kernel.
    std::uint64_t id = 0;
    /// Whether allocations and closed contracts are kept for the record.
    bool keep_details = true;
  };
  /// Schedules its first day. `spec` holds what load_scenario holds to: shares from 0 to 1, names that differ.
  Market(Kernel& kernel, Setup setup);

  void on_event(std::uint64_t phase) override;

  /// Told after a phase of every day; after records, flows are the day's.
  void watch(std::function<void(const Market&)> watcher, Phase after = Phase::records) {
    watchers_.push_back({.after = after, .tell = std::move(watcher)});
  }

  [[nodiscard]] const MarketSpec& spec() const { return setup_.spec; }
  [[nodiscard]] std::int64_t day() const { return day_; }
  [[nodiscard]] const MarketAccounts& accounts() const { return accounts_; }
  [[nodiscard]] const MarketFlows& flows() const { return flows_; }
  [[nodiscard]] const Supply& supply() const { return *supply_; }
  [[nodiscard]] const MarketShocks& shocks() const { return shocks_; }
  [[nodiscard]] std::int64_t vendor_stock(Eigen::Index product) const {
    return accounts_.goods(vendor_stock_holder_, product);
  }

  struct Region {
    MarketBoard board;
    Eigen::Index clearing = 0;
    /// Holds deposits until goods come.
    Eigen::Index escrow = 0;
    Eigen::Index brokers = 0;
    /// Of servers.
    Eigen::Index makers = 0;
    /// Years of use of a GPU, by maker.
    Eigen::ArrayXd experience;
    std::vector<std::unique_ptr<MarketAgents>> agents;
    std::vector<SpotBook> books;
  };
  [[nodiscard]] const std::vector<Region>& regions() const { return regions_; }

 private:
  void open_region(std::size_t index);
  void open_importers(const ImporterCohort& cohort);
  [[nodiscard]] bool is_imported(std::size_t region, Eigen::Index product) const;
  [[nodiscard]] double effective_compute(const Region& region, std::size_t product) const;
  void gain_experience(Region& region);
  void schedule_day();
  void tell_watchers(Phase after);
  void open_day();
  void trade();
  void post(std::size_t index);
  void weigh_scarcity(Region& region);
  void weigh_rent(Region& region);
  [[nodiscard]] Eigen::ArrayXd prices_of_start(std::size_t region) const;

  Kernel& kernel_;
  Setup setup_;
  std::int64_t day_ = 0;
  MarketShocks shocks_;
  MarketAccounts accounts_;
  MarketFlows flows_;
  /// Goods a day that wore out at the start, by region and product.
  Eigen::ArrayXXd replaced_;
  Eigen::Index vendor_stock_holder_ = 0;
  Eigen::Index scrapped_ = 0;
  std::unique_ptr<Supply> supply_;
  std::vector<Region> regions_;
  std::vector<std::shared_ptr<Importers>> importers_;
  struct Watcher {
    Phase after = Phase::records;
    std::function<void(const Market&)> tell;
  };
  std::vector<Watcher> watchers_;
  /// Of `weigh_scarcity`, kept for its memory.
  struct {
    models::ScarcityMarket market;
    std::vector<models::ScarcityGroup> groups;
    models::ScarcityTerms terms;
    Eigen::ArrayXd start, lowest;
  } weighing_;
};

}  // namespace chokepoint::sim
