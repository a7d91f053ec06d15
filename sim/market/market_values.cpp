#include "sim/market/market_values.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "models/quantity/quantity.hpp"
#include "sim/input/near_name.hpp"
#include "sim/market/day_fields.hpp"

namespace chokepoint::sim {

std::vector<std::string> MarketNames::regions() const {
  std::vector<std::string> names;
  for (const MarketRegion& region : market.regions) names.push_back(region.name);
  return names;
}

MarketRegion MarketNames::region(std::size_t place) const {
  return place < market.regions.size() ? market.regions[place] : MarketRegion{};
}

void visit_day(FieldVisitor& v, const MarketNames& names, double& day) {
  std::chrono::local_days date;
  if (v.sound([&] { visit_day(v, date); })) day = static_cast<double>((date - names.market.first_day).count());
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

void visit_market_price(FieldVisitor& v, const MarketRegion& region, double& value) {
  Price price;
  if (!v.sound([&] { v.price(price, models::dimension::money, {.low = 0.0, .high = 1e14, .above = true}); })) return;
  if (price.currency != region.currency)
    return v.refuse("money in " + region.currency.code() + ", which the region \"" + region.name + "\" counts in",
                    "money in " + price.currency.code());
  value = price.value;
}

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

void refuse_disorder(FieldVisitor& v, const std::vector<DatedLevel>& levels) {
  for (std::size_t i = 1; i < levels.size(); ++i)
    if (levels[i].day <= levels[i - 1].day)
      return v.refuse("levels in order of date", "a date not after the one above it");
}

}  // namespace chokepoint::sim
