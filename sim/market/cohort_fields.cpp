#include "sim/market/cohort_fields.hpp"

#include <iterator>

#include <fmt/format.h>

#include "sim/market/order_rule_fields.hpp"

namespace chokepoint::sim {
namespace {

constexpr Range cohort_share = Range::share();
constexpr std::int64_t most_agents = 1'000'000;

void visit_revenue(FieldVisitor& v, const MarketNames& names, std::size_t region, std::vector<DatedLevel>& revenue) {
  const MarketRegion place = names.region(region);
  if (v.sound([&] {
        v.list(revenue, 1, [&](DatedLevel& level) {
          v.object("revenue from a date on, in steady growth to the next one", [&] {
            v.field("from", "day", required, [&] { visit_day(v, names, level.day); });
            v.field("a_year", "of all buyers of the cohort", required,
                    [&] { visit_market_price(v, place, level.level); });
          });
        });
      }))
    refuse_disorder(v, revenue);
}

/// Two keys that most parts have.
template <class Cohort>
void visit_cohort(FieldVisitor& v, const MarketNames& names, Cohort& cohort) {
  v.field("name", "its name, by which its agents draw", required, [&] { v.name(cohort.name); });
  v.field("region", "name of its region", names.market.regions.size() == 1 ? optional : required,
          [&] { visit_place(v, cohort.region, "the name of a region", names.regions()); });
  v.field("count", "agents", required,
          [&] { v.integer(cohort.count, {.low = 1.0, .high = static_cast<double>(most_agents)}); });
}

/// Who has a name is to be found among those who order from the vendor.
void refuse_nameless_orders(FieldVisitor& v, const BuyerCohort& buyers) {
  const auto named = static_cast<double>(buyers.names.size());
  // Where the count has a fault of its own it is 0.
  const auto count = static_cast<double>(buyers.count);
  if (count < 1.0 || named == 0.0) return;
  if (named > count)
    v.refuse(fmt::format("at most as many names as buyers, {}", buyers.count), fmt::format("{} names", named));
  else if (const double least = (named - 0.5) / count; buyers.direct_share <= least)
    v.refuse(
        fmt::format("a \"direct_share\" above {:.4g} %, so that who has a name buys from the vendor", 100.0 * least),
        fmt::format("{:.4g} % and {} of {} named", 100.0 * buyers.direct_share, named, buyers.count));
}

}  // namespace

void visit_dealers(FieldVisitor& v, const MarketNames& names, DealerCohort& dealers) {
  const auto share = [&](double& value) { return [&] { v.number(value, cohort_share); }; };
  const auto number = [&](double& value, double high) {
    return [&v, &value, high] { v.number(value, {.low = 0.0, .high = high}); };
  };
  v.object("those who buy from the vendor and sell on the spot", [&] {
    visit_cohort(v, names, dealers);
    v.field("tier_weight", "claim under allocation by tiers", optional, number(dealers.tier_weight, 1e6));
    v.field("cover", "sales that they hold stock for", optional, [&] { visit_days(v, dealers.cover_days, 0.0); });
    v.field("review", "time between two orders of a dealer", optional,
            [&] { visit_days(v, dealers.review_days, 1.0); });
    v.field("order_rule", "how they order", optional, [&] { visit_order_rule(v, dealers.order_up_to); });
    v.field("adjustment", "of a gap in stock, what an order closes", optional, share(dealers.adjustment));
    v.field("pipeline_weight", "of what is on order, what they count", optional, share(dealers.pipeline_weight));
    v.field("margin", "least gain over the list price for which they order", optional, number(dealers.margin, 10.0));
    v.field("belief_speed", "part of the way to the scarcity value that expectations go in a day", optional,
            [&] { v.number(dealers.belief_speed, {.low = 0.0, .high = 1.0, .above = true}); });
    v.field("belief_spread", "how far dealers differ: standard deviation of logarithms", optional,
            number(dealers.belief_spread, 3.0));
    v.field("carrying_cost", "of stock, a year, as a share of its price", optional,
            number(dealers.carrying_cost, 10.0));
    v.field("turnover", "share of stock offered in a day at a fair price", optional, share(dealers.turnover));
    v.field("withholding", "elasticity of that share to the price", optional, number(dealers.withholding, 50.0));
    v.field("channel_share", "of what wears out at the start, what they sell", optional, share(dealers.channel_share));
  });
}

void visit_buyers(FieldVisitor& v, const MarketNames& names, BuyerCohort& buyers) {
  const auto share = [&](double& value) { return [&] { v.number(value, cohort_share); }; };
  const auto number = [&](double& value, double high) {
    return [&v, &value, high] { v.number(value, {.low = 0.0, .high = high}); };
  };
  v.object("those who use compute", [&] {
    visit_cohort(v, names, buyers);
    v.field("direct_share", "share of them, the largest, to whom the vendor sells", optional,
            share(buyers.direct_share));
    v.field("names", "of the largest of them, the largest first", optional, [&] {
      if (v.sound([&] { v.list(buyers.names, 0, [&](std::string& name) { v.name(name); }); }))
        refuse_nameless_orders(v, buyers);
    });
    v.field("revenue", "what their compute brings a year", required,
            [&] { visit_revenue(v, names, buyers.region, buyers.revenue); });
    v.field("compute_share", "of revenue, what they spend on compute at the cost of the start", optional,
            [&] { v.number(buyers.compute_share, {.low = 0.0, .high = 1.0, .above = true}); });
    v.field("life", "of a good in use, mean", optional, [&] { visit_days(v, buyers.life_days, 30.0); });
    v.field("interest", "a year", optional, number(buyers.interest, 10.0));
    v.field("elasticity", "of the compute that they would hold to its cost", optional,
            [&] { v.number(buyers.elasticity, {.low = 0.05, .high = 20.0}); });
    v.field("size_exponent", "Pareto exponent of sizes", optional,
            [&] { v.number(buyers.size_exponent, {.low = 1.0, .high = 100.0, .above = true}); });
    v.field("largest_size", "the largest over the mean", optional,
            [&] { v.number(buyers.largest_size, {.low = 1.0, .high = 1e6}); });
    v.field("lag_spread", "by which their revenue comes earlier or later: standard deviation", optional,
            [&] { visit_days(v, buyers.lag_spread_days, 0.0); });
    v.field("decision_delay", "mean time from a price to the decision on it", optional,
            [&] { visit_days(v, buyers.decision_days, 0.0); });
    v.field("urgency", "most over the price seen", optional, number(buyers.urgency, 10.0));
    v.field("tier_weight", "claim under allocation by tiers", optional, number(buyers.tier_weight, 1e6));
    v.field("pipeline_weight", "of what is on order, what they count", optional,
            [&] { v.number(buyers.pipeline_weight, {.low = 0.0, .high = 1.0, .above = true}); });
    v.field("inflation", "share by which orders are inflated at most while queues are long", optional,
            number(buyers.inflation, 100.0));
    v.field("cancellation", "of orders in excess, what a week cancels", optional, share(buyers.cancellation));
    v.field_if("lets", "that they let their goods; revenue is their tenants' then", buyers.lets,
               [&](LessorTerms& lets) {
                 v.object("terms of those who let goods", [&] {
                   v.field("running_cost", "of a good a year, as a share of its price at the start", optional,
                           [&] { v.number(lets.running_cost, {.low = 0.0, .high = 10.0, .above = true}); });
                   v.field("adjustment", "part of the way to the rent that fills their goods, in a day", optional,
                           [&] { v.number(lets.adjustment, {.low = 0.0, .high = 1.0, .above = true}); });
                 });
               });
    v.field_if("resale_loss", "that they sell what they no longer want; share of the price that is lost then",
               buyers.resale_loss, [&](double& loss) { v.number(loss, cohort_share); });
    v.field("precaution", "how much faster they buy what a rule is to cut", optional, number(buyers.precaution, 100.0));
  });
}

void visit_speculators(FieldVisitor& v, const MarketNames& names, SpeculatorCohort& speculators) {
  v.object("those who buy on the spot to sell there", [&] {
    visit_cohort(v, names, speculators);
    const MarketRegion place = names.region(speculators.region);
    v.field("capital", "of all of them", required, [&] { visit_market_price(v, place, speculators.capital); });
    v.field("margin", "least gain that they buy for", optional,
            [&] { v.number(speculators.margin, {.low = 0.0, .high = 10.0}); });
    v.field("belief_spread", "how far they differ: standard deviation of logarithms", optional,
            [&] { v.number(speculators.belief_spread, {.low = 0.0, .high = 3.0}); });
    v.field("trend_gain", "of the last month's rise, what followers of the trend expect of the next", optional,
            [&] { v.number(speculators.trend_gain, {.low = 0.0, .high = 10.0}); });
    v.field("switching", "how sharply they turn to the rule that did better", optional,
            [&] { v.number(speculators.switching, {.low = 0.0, .high = 1e6}); });
  });
}

void visit_importers(FieldVisitor& v, const MarketNames& names, ImporterCohort& importers) {
  v.object("those who buy on the spot of one region to sell in another", [&] {
    v.field("name", "its name", required, [&] { v.name(importers.name); });
    bool is_known = false;
    v.field("from", "region that they buy in", required,
            [&] { is_known = visit_place(v, importers.from, "the name of a region", names.regions()); });
    v.field("region", "their own, which they sell in", required, [&] {
      if (visit_place(v, importers.region, "the name of a region", names.regions()) && is_known &&
          importers.region == importers.from)
        v.refuse("another region than they buy in", '"' + names.market.regions[importers.region].name + '"');
    });
    const MarketRegion place = names.region(importers.region);
    v.field("capital", "of all of them", required, [&] { visit_market_price(v, place, importers.capital); });
    v.field("premium", "least gain that they buy for", optional,
            [&] { v.number(importers.premium, {.low = 0.0, .high = 100.0}); });
    v.field("transit", "from purchase to sale", optional, [&] { visit_days(v, importers.transit_days, 0.0); });
    v.field("loss", "of what they pay for, what fraud and seizure take", optional,
            [&] { v.number(importers.loss, cohort_share); });
    v.field("grey", "whether they pass by rules of export", optional, [&] { v.flag(importers.grey); });
  });
}

}  // namespace chokepoint::sim
