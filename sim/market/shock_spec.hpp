#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/market/export_rule.hpp"
#include "models/quantity/money.hpp"

namespace chokepoint::sim {

enum class ShockKind {
  export_rule,
  import_stop,
  foundry_outage,
  capacity_ramp,
  demand_surge,
  product_launch,
  exchange_rate,
  tariff,
  power_curtailment,
  financing_stop,
  price_war,
  rumour
};
/// As a scenario writes them: "export-rule"; in the order of ShockKind.
std::span<const std::string> shock_kind_names();

/// The state that acts, if one does.
enum class ShockSide { none, seller, buyer };

/// What a shock meets. An empty list shuts nothing out; a product is met if it is named or falls under the rule.
struct ShockTarget {
  /// Of buyers and of sellers.
  std::vector<std::string> regions;
  std::vector<std::string> from;
  std::vector<std::string> products;
  models::ExportRule rule;
};

/// A change of a shock after its announcement that becomes known on day `known`. `chance` is how often it happens,
/// `believed` the chance that the market gives it until then; both from 0 to 1.
struct ShockTurn {
  double chance = 1.0;
  double believed = 0.0;
  std::chrono::local_days known{};
};

/// Days on which a share of what a rule stops may go all the same: 1 under a waiver, less under licences. Known from
/// `announced` on; for the products named, or for all.
struct ReliefWindow {
  std::chrono::local_days announced{};
  std::chrono::local_days from{};
  std::chrono::local_days until{};
  double share = 1.0;
  std::vector<std::string> products;
};

/// One shock as a scenario states it, by days. It is in force from `effective` until the day before `end`.
struct ShockSpec {
  std::string name;
  ShockKind kind = ShockKind::export_rule;
  ShockSide side = ShockSide::none;
  /// That it comes at all.
  double chance = 1.0;
  std::chrono::local_days announced{};
  std::chrono::local_days effective{};
  std::optional<std::chrono::local_days> end;
  /// When its end becomes known; with the shock itself where nothing is said.
  std::optional<std::chrono::local_days> end_announced;

  /// In force from day `forward_to` on.
  std::optional<ShockTurn> brought_forward;
  std::chrono::local_days forward_to{};
  std::optional<ShockTurn> withdrawn;

  ShockTarget target;
  /// What it means is a matter of the kind (README); 0 for kinds without one.
  double size = 0.0;
  /// Days until the full size is reached, along a straight line.
  double ramp_days = 0.0;
  /// Of exchange-rate: the currency whose worth changes.
  std::optional<models::Currency> currency;

  /// Of export-rule and import-stop. `refund` is the share of what was paid that comes back for goods that miss the
  /// date.
  std::vector<ReliefWindow> reliefs;
  double refund = 1.0;

  /// Of rumour: the shock that it tells of, and within how many days that is thought to be in force.
  std::string about;
  double notice_days = 0.0;

  /// Whether it makes goods illegal to deliver.
  [[nodiscard]] bool bars_goods() const { return kind == ShockKind::export_rule || kind == ShockKind::import_stop; }
};

}  // namespace chokepoint::sim
