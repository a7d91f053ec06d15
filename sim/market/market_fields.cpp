#include "sim/market/market_fields.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "sim/catalogue/catalogue.hpp"
#include "sim/catalogue/rated_power.hpp"
#include "sim/input/near_name.hpp"
#include "sim/market/cohort_fields.hpp"
#include "sim/market/day_fields.hpp"
#include "sim/market/shock_fields.hpp"

namespace chokepoint::sim {
namespace {

constexpr Range market_share = Range::share();

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
    v.field("after", "name of the rule's shock", required, [&] {
      std::vector<std::string> known;
      for (const ShockSpec& shock : names.market.shocks) known.push_back(shock.name);
      std::size_t place = 0;
      if (visit_place(v, place, "the name of a shock", known)) respin.after = known[place];
    });
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

void visit_production_ramp(FieldVisitor& v, const MarketNames& names, ProductionRamp& ramp) {
  v.object("how the claim of a product on the foundry grows", [&] {
    const auto from = day_field(v, {"from", "last day without"}, required, {});
    const auto until =
        day_field(v, {"until", "first day on which it claims all its mix"}, required, {.after = {from, "from"}});
    const auto day = [&](std::chrono::local_days date) {
      return static_cast<double>((date - names.market.first_day).count());
    };
    if (from) ramp.from = day(*from);
    if (until) ramp.until = day(*until);
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
    v.field_if("ramp", "that its making has to be learnt: how that claim grows from none", product.ramp,
               [&](ProductionRamp& ramp) { visit_production_ramp(v, names, ramp); });
    v.field("list", "price of the vendor by region", required, [&] { visit_list_prices(v, names, product); });
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
    v.field_if("list_review", "that list prices follow the spot price of late in steps", vendor.list_review,
               [&](ListReview& review) {
                 v.object("how it reviews list prices", [&] {
                   v.field("every", "time between two reviews", optional, [&] { visit_days(v, review.days, 1.0); });
                   v.field("step", "share of the first list price that a review adds or takes", optional,
                           [&] { v.number(review.change.step, {.low = 0.0, .high = 1.0, .above = true}); });
                   v.field("most", "share of the first list price that all reviews add or take at most", optional,
                           [&] { v.number(review.change.most, {.low = 0.0, .high = 0.9}); });
                 });
               });
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

/// Of a region's customers: their orders stand under their names.
void refuse_equal_customers(FieldVisitor& v, const MarketSpec& market) {
  std::set<std::pair<std::size_t, std::string>> customers;
  for (const DealerCohort& dealers : market.dealers) customers.emplace(dealers.region, dealers.name);
  for (const BuyerCohort& buyers : market.buyers) {
    std::vector<std::string> names{buyers.name};
    names.insert(names.end(), buyers.names.begin(), buyers.names.end());
    for (const std::string& name : names)
      if (!name.empty() && !customers.emplace(buyers.region, name).second)
        v.refuse("buyers of names that no other buyers or dealers of the region have",
                 fmt::format("\"{}\" twice", name));
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
    v.field("shocks", "what happens to it from outside", optional, [&] { visit_shocks(v, market.shocks); });
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
      refuse_equal_customers(v, market);
    });
    v.field("speculators", "cohorts of speculators", optional, [&] {
      v.list(market.speculators, 0, [&](SpeculatorCohort& cohort) { visit_speculators(v, names, cohort); });
      refuse_equal_market_names(v, market.speculators, "speculators");
    });
    v.field("importers", "those who buy in one region to sell in another, in the law or past it", optional, [&] {
      v.list(market.importers, 0, [&](ImporterCohort& importers) { visit_importers(v, names, importers); });
      refuse_equal_market_names(v, market.importers, "importers");
    });
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
