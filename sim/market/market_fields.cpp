#include "sim/market/market_fields.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <type_traits>

#include <fmt/format.h>

#include "models/quantity/quantity.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/catalogue/rated_power.hpp"
#include "sim/input/near_name.hpp"
#include "sim/market/day_fields.hpp"
#include "sim/market/order_rule_fields.hpp"
#include "sim/market/shock_fields.hpp"

namespace chokepoint::sim {
namespace {

constexpr Range market_share = Range::share();
constexpr std::int64_t most_agents = 1'000'000;

/// What the parts of a market need to know of the others.
struct MarketNames {
  const MarketSpec& market;

  [[nodiscard]] std::vector<std::string> regions() const {
    std::vector<std::string> names;
    for (const MarketRegion& region : market.regions) names.push_back(region.name);
    return names;
  }
};

void visit_day(FieldVisitor& v, const MarketNames& names, double& day) {
  std::chrono::local_days date;
  if (v.sound([&] { sim::visit_day(v, date); })) day = static_cast<double>((date - names.market.first_day).count());
}

void visit_days(FieldVisitor& v, double& days, double least) {
  double seconds = 0.0;
  const Range range{.low = least * models::seconds_per_day, .high = 36525.0 * models::seconds_per_day};
  if (v.sound([&] { v.quantity(seconds, models::dimension::time, range); })) days = seconds / models::seconds_per_day;
}

void visit_days(FieldVisitor& v, std::int64_t& days, double least) {
  double value = static_cast<double>(days);
  visit_days(v, value, least);
  days = std::llround(value);
}

void refuse_disorder(FieldVisitor& v, const std::vector<DatedLevel>& levels) {
  for (std::size_t i = 1; i < levels.size(); ++i)
    if (levels[i].day <= levels[i - 1].day)
      return v.refuse("levels in order of date", "a date not after the one above it");
}

void visit_capacity(FieldVisitor& v, const MarketNames& names, std::vector<DatedLevel>& capacity) {
  if (v.sound([&] {
        v.list(capacity, 1, [&](DatedLevel& level) {
          v.object("capacity from a date on, straight to the next one", [&] {
            v.field("from", "day", required, [&] { visit_day(v, names, level.day); });
            v.field("gpus_per_day", "GPUs that can be started in a day", required,
                    [&] { v.number(level.level, {.low = 0.0, .high = 1e9}); });
          });
        });
      }))
    refuse_disorder(v, capacity);
}

void visit_market_price(FieldVisitor& v, const MarketRegion& region, double& value) {
  Price price;
  if (!v.sound([&] { v.price(price, models::dimension::money, {.low = 0.0, .high = 1e14, .above = true}); })) return;
  if (price.currency != region.currency)
    return v.refuse("money in " + region.currency.code() + ", which the region \"" + region.name + "\" counts in",
                    "money in " + price.currency.code());
  value = price.value;
}

void visit_revenue(FieldVisitor& v, const MarketNames& names, std::size_t region, std::vector<DatedLevel>& revenue) {
  // A schema has no regions; its prices are of any currency.
  const MarketRegion place = region < names.market.regions.size() ? names.market.regions[region] : MarketRegion{};
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

/// The name of one of `known`, as its place among them; whether it is one.
bool visit_place(FieldVisitor& v, std::size_t& place, const std::string& what, const std::vector<std::string>& known) {
  std::string name;
  if (!v.sound([&] { v.name(name); })) return false;
  const auto found = std::ranges::find(known, name);
  if (found == known.end()) {
    v.refuse(what, '"' + name + '"', name_hint(name, known));
    return false;
  }
  place = static_cast<std::size_t>(found - known.begin());
  return true;
}

void visit_region(FieldVisitor& v, MarketRegion& region) {
  v.object("a place whose agents trade with each other", [&] {
    v.field("name", "its name", required, [&] { v.name(region.name); });
    v.field("currency", "code of its currency", required, [&] {
      std::string code;
      if (!v.sound([&] { v.text(code); })) return;
      if (const auto found = models::find_currency(code)) {
        region.currency = *found;
      } else {
        v.refuse("the code of a currency, such as \"CNY\"", '"' + code + '"');
      }
    });
  });
}

void visit_list_prices(FieldVisitor& v, const MarketNames& names, MarketProduct& product) {
  std::map<std::string, Price> prices;
  const Range range{.low = 0.0, .high = 1e10, .above = true};
  if (!v.sound([&] {
        v.map(
            prices, [&](Price& price) { v.price(price, models::dimension::money, range); }, 1);
      }))
    return;
  const auto known = names.regions();
  for (const auto& [name, price] : prices) {
    const auto found = std::ranges::find(known, name);
    if (found == known.end()) {
      v.refuse("names of regions", '"' + name + '"', name_hint(name, known));
      continue;
    }
    const auto region = static_cast<std::size_t>(found - known.begin());
    const std::string currency = names.market.regions[region].currency.code();
    if (price.currency.code() != currency)
      v.refuse("money in " + currency + ", which the region \"" + name + "\" counts in",
               "money in " + price.currency.code());
    product.list_price[region] = models::Money::from_units(price.value);
  }
}

void visit_accelerator(FieldVisitor& v, const models::Accelerator*& accelerator) {
  std::string name;
  if (!v.sound([&] { v.name(name); }) || name.empty()) return;
  if (const auto* entry = catalogue().accelerators.find(name)) {
    accelerator = &entry->value;
  } else {
    v.refuse("the name of an accelerator of the catalogue", '"' + name + '"',
             name_hint(name, catalogue().accelerators.names()));
  }
}

void visit_respin(FieldVisitor& v, const MarketNames& names, const MarketProduct& product, Respin& respin) {
  v.object("a variant of a product that a rule has come to bar", [&] {
    v.field("of", "name of that product, in the same form, above this one", required, [&] {
      std::string name;
      if (!v.sound([&] { v.name(name); })) return;
      std::vector<std::string> known;
      for (const MarketProduct& other : names.market.products) {
        if (&other == &product) break;
        if (other.form != product.form || other.gpus != product.gpus || other.maker != product.maker) continue;
        known.push_back(other.name);
        if (other.name == name) respin.of = static_cast<std::size_t>(&other - names.market.products.data());
      }
      if (std::ranges::find(known, name) == known.end())
        v.refuse("a product above this one with its form, maker and GPUs", '"' + name + '"', name_hint(name, known));
    });
    v.field("after", "name of the rule's shock", required, [&] { v.name(respin.after); });
    v.field("delay", "from its announcement to the launch", required, [&] { visit_days(v, respin.days, 0.0); });
  });
}

void visit_switching(FieldVisitor& v, Switching& switching) {
  v.object("what it costs to move to its ecosystem", [&] {
    v.field("cost", "share of the price at the start", required,
            [&] { v.number(switching.cost, {.low = 0.0, .high = 100.0}); });
    v.field("half_life_gpu_years", "use in a region that halves it", required,
            [&] { v.number(switching.half_life_gpu_years, {.low = 0.0, .high = 1e12, .above = true}); });
  });
}

void visit_product(FieldVisitor& v, const MarketNames& names, MarketProduct& product) {
  product.list_price.assign(names.market.regions.size(), std::nullopt);
  v.object("a good that is traded: a card or a server", [&] {
    v.field("name", "the chip", required, [&] { v.name(product.name); });
    v.field("form", "card, PCIe server, SXM server", required, [&] { v.name(product.form); });
    v.field("gpus", "in a good", optional, [&] { v.integer(product.gpus, {.low = 1.0, .high = 1e6}); });
    v.field("accelerator", "name in the catalogue, by which rules of export judge it", optional,
            [&] { visit_accelerator(v, product.accelerator); });
    v.field("compute", "of a good, in a unit that all products share", optional,
            [&] { v.number(product.compute, {.low = 0.0, .high = 1e9, .above = true}); });
    v.field("launch", "first day on sale", optional, [&] {
      double day = 0.0;
      visit_day(v, names, day);
      product.launch_day = std::llround(std::max(0.0, day));
    });
    v.field("maker", "name of one of the makers; without, the foundry makes it", optional, [&] {
      std::vector<std::string> known;
      for (const MakerSpec& maker : names.market.other_makers) known.push_back(maker.name);
      if (visit_place(v, product.maker, "the name of a maker", known)) ++product.maker;
    });
    v.field_if("respin", "that it is a variant which answers a rule; its launch then", product.respin,
               [&](Respin& respin) { visit_respin(v, names, product, respin); });
    v.field_if("switching", "cost of moving to it, which use in the region wears off", product.switching,
               [&](Switching& switching) { visit_switching(v, switching); });
    v.field("end", "first day without", optional, [&] {
      double day = 0.0;
      visit_day(v, names, day);
      product.end_day = std::llround(day);
    });
    v.field("mix", "claim on the foundry where its capacity is short", optional,
            [&] { v.number(product.mix, {.low = 0.0, .high = 1e9, .above = true}); });
    v.field("list", "price of the vendor by region", required, [&] { visit_list_prices(v, names, product); });
  });
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

void visit_dealers(FieldVisitor& v, const MarketNames& names, DealerCohort& dealers) {
  const auto share = [&](double& value) { return [&] { v.number(value, market_share); }; };
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
  const auto share = [&](double& value) { return [&] { v.number(value, market_share); }; };
  const auto number = [&](double& value, double high) {
    return [&v, &value, high] { v.number(value, {.low = 0.0, .high = high}); };
  };
  v.object("those who use compute", [&] {
    visit_cohort(v, names, buyers);
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
    v.field("direct_share", "share of them, the largest, to whom the vendor sells", optional,
            share(buyers.direct_share));
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
               buyers.resale_loss, [&](double& loss) { v.number(loss, market_share); });
    v.field("precaution", "how much faster they buy what a rule is to cut", optional, number(buyers.precaution, 100.0));
  });
}

void visit_speculators(FieldVisitor& v, const MarketNames& names, SpeculatorCohort& speculators) {
  v.object("those who buy on the spot to sell there", [&] {
    visit_cohort(v, names, speculators);
    const MarketRegion place =
        speculators.region < names.market.regions.size() ? names.market.regions[speculators.region] : MarketRegion{};
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
    v.field("from", "region that they buy in", required,
            [&] { visit_place(v, importers.from, "the name of a region", names.regions()); });
    v.field("region", "their own, which they sell in", required, [&] {
      visit_place(v, importers.region, "the name of a region", names.regions());
      if (importers.region == importers.from && names.market.regions.size() > 1)
        v.refuse("another region than they buy in", "the same");
    });
    const MarketRegion place =
        importers.region < names.market.regions.size() ? names.market.regions[importers.region] : MarketRegion{};
    v.field("capital", "of all of them", required, [&] { visit_market_price(v, place, importers.capital); });
    v.field("premium", "least gain that they buy for", optional,
            [&] { v.number(importers.premium, {.low = 0.0, .high = 100.0}); });
    v.field("transit", "from purchase to sale", optional, [&] { visit_days(v, importers.transit_days, 0.0); });
    v.field("loss", "of what they pay for, what fraud and seizure take", optional,
            [&] { v.number(importers.loss, market_share); });
    v.field("grey", "whether they pass by rules of export", optional, [&] { v.flag(importers.grey); });
  });
}

void visit_vendor(FieldVisitor& v, const MarketNames& names, VendorSpec& vendor) {
  v.object("who sells what the foundry makes", [&] {
    v.field("region", "that it sells from, as rules of export and exchange rates ask", optional,
            [&] { visit_place(v, vendor.home.emplace(), "the name of a region", names.regions()); });
    v.field("allocation", "how it shares out what is short", optional, [&] {
      static const std::array<std::string, 4> rules{"proportional", "linear", "uniform", "tiers"};
      auto index = static_cast<std::size_t>(vendor.allocation);
      v.choice(index, rules);
      vendor.allocation = static_cast<AllocationRule>(index);
    });
    v.field("deposit", "of the list price, paid with an order", optional,
            [&] { v.number(vendor.deposit_share, market_share); });
    v.field("forfeited", "of the deposit, what who cancels loses", optional,
            [&] { v.number(vendor.forfeited_share, market_share); });
    v.field("contract_margin", "what makers of servers add to the list price, as a share of it", optional,
            [&] { v.number(vendor.contract_margin, {.low = 0.0, .high = 10.0}); });
    v.field("pass_through", "of what the spot price of late lies higher, the share in contract prices", optional,
            [&] { v.number(vendor.pass_through, market_share); });
    v.field("contract_memory", "over which contract prices average the spot price", optional,
            [&] { visit_days(v, vendor.contract_days, 1.0); });
    v.field_if("breach", "that makers of servers break contracts where it pays", vendor.breach,
               [&](BreachTerms& breach) {
                 v.object("what a breach costs", [&] {
                   v.field("penalty", "of the contract price", optional,
                           [&] { v.number(breach.penalty_share, {.low = 0.0, .high = 10.0}); });
                   v.field("reputation", "what a contract broken whole costs in their name, over its price", optional,
                           [&] { v.number(breach.reputation, {.low = 0.0, .high = 1e6}); });
                 });
               });
    v.field("transit", "from the vendor to the customer", optional, [&] { visit_days(v, vendor.transit_days, 0.0); });
    v.field("cover", "orders that it keeps finished goods for", optional,
            [&] { visit_days(v, vendor.cover_days, 0.0); });
  });
}

void visit_foundry(FieldVisitor& v, const MarketNames& names, FoundrySpec& foundry) {
  v.object("capacity and time to make", [&] {
    v.field("capacity", "by date", required, [&] { visit_capacity(v, names, foundry.capacity); });
    v.field("cycle", "from start to a finished good", optional, [&] { visit_days(v, foundry.cycle_days, 1.0); });
  });
}

void visit_maker(FieldVisitor& v, const MarketNames& names, MakerSpec& maker) {
  v.object("a foundry beside the first, and its vendor", [&] {
    v.field("name", "its name", required, [&] { v.name(maker.name); });
    v.field("foundry", "what it makes with", required, [&] { visit_foundry(v, names, maker.foundry); });
    v.field("vendor", "who sells it", optional, [&] { visit_vendor(v, names, maker.vendor); });
  });
}

/// What goods are rated for, once their accelerators are known.
void rate_goods(FieldVisitor& v, const std::vector<MarketProduct>& products, MarketPower& power) {
  for (const MarketProduct& product : products) {
    const auto rated_w = product.accelerator != nullptr ? rated_power_w(*product.accelerator) : std::nullopt;
    if (!rated_w) {
      v.refuse("products with an accelerator whose power the catalogue knows",
               fmt::format("\"{} {}\" without one", product.name, product.form));
      return;
    }
    power.rated_w.push_back(static_cast<double>(product.gpus) * *rated_w);
  }
}

void visit_market_power(FieldVisitor& v, MarketPower& power) {
  v.object("that the power of goods in use is counted", [&] {
    v.field("draw", "share of what servers are rated for", required,
            [&] { v.number(power.draw, {.low = 0.0, .high = 1.0, .above = true}); });
    v.field("pue", "of the facilities that they stand in", optional,
            [&] { v.number(power.pue, {.low = 1.0, .high = 10.0}); });
    v.field_if("line", "energy of a year; when it is reached is a figure of the run", power.line_j,
               [&](double& line) { v.quantity(line, models::dimension::energy, Range::positive()); });
  });
}

template <class T>
void refuse_equal_market_names(FieldVisitor& v, const std::vector<T>& parts, std::string_view what) {
  std::set<std::string> names;
  for (const T& part : parts) {
    std::string name = part.name;
    if constexpr (std::is_same_v<T, MarketProduct>) name += ' ' + part.form;
    if (!part.name.empty() && !names.insert(name).second)
      v.refuse(fmt::format("{} of different names", what), fmt::format("\"{}\" twice", name));
  }
}

}  // namespace

void visit_market(FieldVisitor& v, MarketSpec& market, const models::IsoDate& start) {
  const MarketNames names{.market = market};
  market.first_day = std::chrono::floor<std::chrono::days>(start.local);
  v.object("who makes, sells, deals in and uses accelerators", [&] {
    v.field("regions", "places that trade", required, [&] {
      v.list(market.regions, 1, [&](MarketRegion& region) { visit_region(v, region); });
      refuse_equal_market_names(v, market.regions, "regions");
    });
    v.field("makers", "foundries beside the first, each with its vendor: domestic makers and other rivals", optional,
            [&] {
              v.list(market.other_makers, 0, [&](MakerSpec& maker) { visit_maker(v, names, maker); });
              refuse_equal_market_names(v, market.other_makers, "makers");
            });
    const bool known_products = v.sound([&] {
      v.field("products", "what is traded", required, [&] {
        v.list(market.products, 1, [&](MarketProduct& product) { visit_product(v, names, product); });
        refuse_equal_market_names(v, market.products, "products");
      });
    });
    v.field("foundry", "who makes them", required, [&] { visit_foundry(v, names, market.foundry); });
    v.field("vendor", "who sells them", optional, [&] { visit_vendor(v, names, market.vendor); });
    v.field("dealers", "cohorts of dealers", optional, [&] {
      v.list(market.dealers, 0, [&](DealerCohort& dealers) { visit_dealers(v, names, dealers); });
      refuse_equal_market_names(v, market.dealers, "dealers");
    });
    v.field("buyers", "cohorts of buyers", required, [&] {
      v.list(market.buyers, 1, [&](BuyerCohort& buyers) { visit_buyers(v, names, buyers); });
      refuse_equal_market_names(v, market.buyers, "buyers");
    });
    v.field("speculators", "cohorts of speculators", optional, [&] {
      v.list(market.speculators, 0, [&](SpeculatorCohort& cohort) { visit_speculators(v, names, cohort); });
      refuse_equal_market_names(v, market.speculators, "speculators");
    });
    v.field("importers", "those who buy in one region to sell in another, in the law or past it", optional, [&] {
      v.list(market.importers, 0, [&](ImporterCohort& importers) { visit_importers(v, names, importers); });
      refuse_equal_market_names(v, market.importers, "importers");
    });
    v.field("shocks", "what happens to it from outside", optional, [&] { visit_shocks(v, market.shocks); });
    v.field_if("power", "that the power of goods in use is counted, and how", market.power, [&](MarketPower& power) {
      visit_market_power(v, power);
      if (known_products) rate_goods(v, market.products, power);
    });
    v.field("horizon", "over which needs and arrivals are weighed", optional,
            [&] { visit_days(v, market.horizon_days, 1.0); });
    v.field("sharpness", "how sharply buyers turn to the cheaper product", optional,
            [&] { v.number(market.sharpness, {.low = 0.5, .high = 1e3}); });
  });
}

}  // namespace chokepoint::sim
