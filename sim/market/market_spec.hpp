#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/finance/exchange_rates.hpp"
#include "models/hardware/accelerator.hpp"
#include "models/market/list_price_review.hpp"
#include "models/quantity/money.hpp"
#include "sim/market/order_up_to_terms.hpp"
#include "sim/market/review_days.hpp"
#include "sim/market/shock_spec.hpp"

namespace chokepoint::sim {

/// A value that holds from a day on; days count from the start of the run.
struct DatedLevel {
  double day = 0.0;
  double level = 0.0;
};

/// A place whose agents trade with each other in one currency.
struct MarketRegion {
  std::string name;
  models::Currency currency;
};

/// A variant of another product that its maker brings once a rule that bars that one is announced. Goods in work and in
/// stock for the regions that it bars become the variant.
struct Respin {
  /// Place of that product.
  std::size_t of = 0;
  /// Name of the rule's shock.
  std::string after;
  std::int64_t days = 0;
};

/// What it costs to move to another ecosystem of software: a product is worth its compute over
/// 1 + cost 2^(-experience / half-life). Experience is the use of its maker's products in a region.
struct Switching {
  double cost = 0.0;
  double half_life_gpu_years = 1.0;
};

/// Days between which the claim of a product on the foundry grows, straight from none to all of it.
struct ProductionRamp {
  double from = 0.0;
  double until = 0.0;
};

/// What is traded: one good is a card or a server. The same chip in two forms is two products.
struct MarketProduct {
  std::string name;
  std::string form;
  /// In a good.
  std::int64_t gpus = 1;
  /// By which rules of export judge it; null where the catalogue has none.
  const models::Accelerator* accelerator = nullptr;
  /// Of a good, in any one unit that all products share.
  double compute = 1.0;
  std::int64_t launch_day = 0;
  /// Then that is its launch, if the rule comes.
  std::optional<Respin> respin{};
  std::optional<Switching> switching{};
  /// Who makes it: 0 for the foundry, n for the n-th of other_makers.
  std::size_t maker = 0;
  /// The vendor starts and sells no more of it from this day on.
  std::optional<std::int64_t> end_day{};
  /// Claim on the foundry's capacity where that is short.
  double mix = 1.0;
  std::optional<ProductionRamp> ramp{};
  /// Of the vendor, by region, in the region's currency; none where it is not sold.
  std::vector<std::optional<models::Money>> list_price;
};

struct FoundrySpec {
  /// GPUs a day, straight between two days, the last one held. Not negative.
  std::vector<DatedLevel> capacity;
  /// From start to a finished good, at least 1.
  std::int64_t cycle_days = 90;
};

enum class AllocationRule : std::uint8_t { proportional, linear, uniform, tiers };

/// How makers of servers break contracts: they keep goods back and sell them on the spot where that pays for the
/// penalty and for what it costs their name, as models/market/supply_contract.hpp has it.
struct BreachTerms {
  /// Of the contract price.
  double penalty_share = 0.2;
  double reputation = 1.0;
};

/// When and how a vendor reviews its list prices.
struct ListReview {
  /// Between two reviews.
  std::int64_t days = 365;
  models::ListPriceReview change;
};

struct VendorSpec {
  /// Region that it sells from, in whose currency it counts; none where no shock asks for it.
  std::optional<std::size_t> home{};
  AllocationRule allocation = AllocationRule::proportional;
  /// Of the list price, paid with an order, and what of it a customer who cancels loses.
  double deposit_share = 0.0;
  double forfeited_share = 1.0;
  std::int64_t transit_days = 7;
  /// Finished goods that it aims to have, in days of orders.
  double cover_days = 15.0;
  /// Over which orders and shipments are averaged.
  double memory_days = 50.0;
  /// Buyers order through a maker of servers, who adds this share of the list price, and of what the spot price of the
  /// last `contract_days` lies higher, that share.
  double contract_margin = 0.0;
  double pass_through = 0.0;
  double contract_days = 45.0;
  /// None: list prices stay, but for shocks.
  std::optional<ListReview> list_review{};
  /// None: contracts are kept.
  std::optional<BreachTerms> breach{};
};

/// A foundry of its own beside the first, with its vendor: domestic makers and other rivals.
struct MakerSpec {
  std::string name;
  FoundrySpec foundry;
  VendorSpec vendor;
};

/// Those who buy from the vendor and sell on the spot.
struct DealerCohort {
  std::string name;
  std::size_t region = 0;
  std::int64_t count = 0;
  /// Claim under allocation by tiers.
  double tier_weight = 1.0;
  double cover_days = 30.0;
  /// Between two orders of a dealer.
  std::int64_t review_days = sim::review_days;
  /// None for those who close a gap in stock step by step.
  std::optional<OrderUpToTerms> order_up_to{};
  /// Share of that gap that an order closes, and how much of what is on order it counts.
  double adjustment = 0.26;
  double pipeline_weight = 0.34;
  /// Least gain over the list price for which they order.
  double margin = 0.05;
  /// Share by which a day brings what they expect toward the scarcity value, and the spread of their own view of it.
  double belief_speed = 0.1;
  double belief_spread = 0.05;
  double carrying_cost = 0.15;
  double turnover = 0.06;
  double withholding = 4.0;
  /// Of the market's sales at the start, that which goes through them.
  double channel_share = 0.4;
};

/// Those who buy on the spot to sell there.
struct SpeculatorCohort {
  std::string name;
  std::size_t region = 0;
  std::int64_t count = 0;
  /// Of all of them, in the region's currency.
  double capital = 0.0;
  /// Least gain that they buy for, and how far they differ in what they expect: standard deviation of logarithms.
  double margin = 0.15;
  double belief_spread = 0.1;
  /// Of the last month's rise, what those who follow the trend expect of the next.
  double trend_gain = 1.0;
  /// How sharply they turn to the rule that did better: by exp(-switching (mean squared error)).
  double switching = 50.0;
};

/// Those who buy on the spot in one region to sell it in another.
struct ImporterCohort {
  std::string name;
  std::size_t from = 0;
  /// Their own region.
  std::size_t region = 0;
  /// Of all of them, in their region's currency.
  double capital = 0.0;
  /// Least gain that they buy for.
  double premium = 0.15;
  std::int64_t transit_days = 21;
  /// Of what they pay for, what fraud and seizure take.
  double loss = 0.05;
  /// Whether they pass by rules of export; else they stop for them.
  bool grey = true;
};

/// Terms of those who let what they hold.
struct LessorTerms {
  /// To run a good for a year, as a share of its price at the start.
  double running_cost = 0.1;
  /// Part of the way to the rent that fills their goods, in a day.
  double adjustment = 0.05;
};

/// Those who use compute. Each spends a share of the revenue that compute brings on it, over the life of a good.
struct BuyerCohort {
  std::string name;
  std::size_t region = 0;
  std::int64_t count = 0;
  /// Of the largest of them, the largest first; at most as many as there are.
  std::vector<std::string> names{};
  /// Of all of them, a year, in the region's currency, in geometric steps between days; positive.
  std::vector<DatedLevel> revenue;
  double compute_share = 0.3;
  std::int64_t life_days = 1461;
  double interest = 0.1;
  /// Of the compute that they would hold to its cost.
  double elasticity = 0.7;
  /// Pareto exponent of sizes, above 1, and the largest size over the mean.
  double size_exponent = 1.4;
  double largest_size = 30.0;
  /// Days by which a buyer's revenue comes before or after that of all: standard deviation.
  double lag_spread_days = 60.0;
  /// Mean days between the price that a decision is taken on and the decision.
  double decision_days = 10.0;
  /// Most over the price that it saw.
  double urgency = 0.05;
  /// Share of them, the largest ones, to whom the vendor sells.
  double direct_share = 0.1;
  double tier_weight = 3.0;
  double pipeline_weight = 1.0;
  /// By which share orders are inflated at most, where the queue is long against the foundry's cycle.
  double inflation = 0.5;
  /// Share of what is on order in excess that a week cancels.
  double cancellation = 0.2;
  /// How much faster they buy when a rule is to cut what they need: 1 twice as fast where all of it is cut.
  double precaution = 1.0;
  /// None for those who use their goods themselves; else revenue is their tenants', and all goods of a cohort are let
  /// at one rent.
  std::optional<LessorTerms> lets{};
  /// Share of the price that is lost on goods sold second hand; none for those who never sell.
  std::optional<double> resale_loss{};
};

/// What goods in use draw: a share of what they are rated for, times the facility's PUE.
struct MarketPower {
  double draw = 1.0;
  double pue = 1.0;
  /// Energy of a year, J, whose day is asked for.
  std::optional<double> line_j{};
  /// Of a good with its share of a server, by product; of the catalogue.
  std::vector<double> rated_w;
};

/// A product on its way into a region, by number.
struct MarketLane {
  std::size_t product = 0;
  std::size_t region = 0;
};

/// A market, already valid. Cohorts draw by their name, so that those of a kind have different names.
struct MarketSpec {
  std::vector<MarketRegion> regions;
  std::vector<MarketProduct> products;
  FoundrySpec foundry;
  VendorSpec vendor;
  std::vector<MakerSpec> other_makers{};
  std::vector<DealerCohort> dealers;
  std::vector<BuyerCohort> buyers;
  std::vector<SpeculatorCohort> speculators;
  std::vector<ImporterCohort> importers{};
  std::vector<ShockSpec> shocks;
  /// None for those that do not count it.
  std::optional<MarketPower> power{};
  /// Between the regions' currencies.
  models::ExchangeRates money;
  /// The calendar's day of day 0.
  std::chrono::local_days first_day{};
  /// Days over which needs and arrivals are weighed against each other.
  double horizon_days = 180.0;
  /// How sharply buyers turn to what is cheaper a unit of compute.
  double sharpness = 8.0;

  [[nodiscard]] const FoundrySpec& foundry_of(std::size_t maker) const {
    return maker == 0 ? foundry : other_makers[maker - 1].foundry;
  }
  [[nodiscard]] const VendorSpec& vendor_of(std::size_t maker) const {
    return maker == 0 ? vendor : other_makers[maker - 1].vendor;
  }
};

}  // namespace chokepoint::sim
