#include "sim/scenario/site_fields.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "sim/calendar/time_zone_database.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::sim {
namespace {

using models::dimension::mass_per_energy;
using models::dimension::power;

/// A petawatt is fifty times what mankind uses.
constexpr Range powers{.low = 0.0, .high = 1e15};

/// A text that names an entry of the catalogue.
void visit_name(FieldVisitor& v, std::string& name, const std::vector<std::string>& known, std::string_view kind) {
  v.name(name);
  if (!name.empty() && std::ranges::find(known, name) == known.end())
    v.refuse("the name of an entry of catalogue " + std::string(kind), '"' + name + '"', name_hint(name, known));
}

void visit_pue(FieldVisitor& v, SiteFields& site) {
  double ratio = 1.0;
  std::string name;
  Cooling cooling;
  const std::array alternatives{FieldVisitor::Alternative{"number",
                                                          [&] {
                                                            v.number(ratio, {.low = 1.0, .high = 10.0});
                                                            site.pue = ratio;
                                                          }},
                                FieldVisitor::Alternative{"text",
                                                          [&] {
                                                            visit_name(v, name, catalogue().cooling.names(), "cooling");
                                                            site.pue = name;
                                                          }},
                                FieldVisitor::Alternative{"object", [&] {
                                                            v.object("losses and cooling",
                                                                     [&] { visit_cooling_fields(v, cooling); });
                                                            site.pue = cooling;
                                                          }}};
  v.one_of(alternatives);
}

void visit_climate(FieldVisitor& v, SiteFields& site) {
  std::string name;
  models::WetBulbClimate climate;
  const std::array alternatives{
      FieldVisitor::Alternative{"text",
                                [&] {
                                  visit_name(v, name, catalogue().climates.names(), "climates");
                                  site.climate = name;
                                }},
      FieldVisitor::Alternative{"object", [&] {
                                  v.object("outdoor wet-bulb temperature", [&] { visit_climate_fields(v, climate); });
                                  site.climate = climate;
                                }}};
  v.one_of(alternatives);
}

void visit_carbon(FieldVisitor& v, SiteFields& site) {
  std::string text;
  v.name(text);
  if (text.empty()) return;
  if (const auto* entry = catalogue().carbon.find(text)) {
    site.carbon_kg_per_j = entry->value.value;
  } else if (std::isdigit(static_cast<unsigned char>(text.front())) != 0) {
    v.quantity(site.carbon_kg_per_j, mass_per_energy, Range::not_negative());
  } else {
    const auto names = catalogue().carbon.names();
    v.refuse("a carbon intensity, such as \"0.57 kg/kWh\", or the name of an entry of catalogue carbon",
             '"' + text + '"', name_hint(text, names));
  }
}

void visit_customer(FieldVisitor& v, models::BillingOptions& billing) {
  v.object("what the bill needs to know of the customer", [&] {
    v.field_if("power_factor", "average power factor", billing.power_factor,
               [&](double& value) { v.number(value, {.low = 0.0, .high = 1.0, .above = true}); });
    v.field_if("transformer_capacity", "rated power of the transformers", billing.capacity_kva, [&](double& value) {
      v.quantity(value, power, Range::positive());
      value /= 1e3;
    });
    v.field("basic_charge", "by which the two-part tariff charges", optional, [&] {
      static const std::array<std::string, 2> names{"demand", "capacity"};
      std::size_t index = 0;
      v.choice(index, names);
      billing.basic_option = static_cast<models::BasicOption>(index);
    });
    v.field("holidays", "dates that count as rest days", optional, [&] {
      std::vector<models::IsoDate> dates;
      v.list(dates, 0, [&](models::IsoDate& date) { v.date(date); });
      for (const models::IsoDate& date : dates)
        billing.holidays.push_back(std::chrono::floor<std::chrono::days>(date.local));
      std::ranges::sort(billing.holidays);
    });
  });
}

void visit_window(FieldVisitor& v, SiteSpec::Window& window) {
  v.object("a time of less power", [&] {
    const bool dates = v.sound([&] {
      v.field("from", "first moment, on the site's clock", required, [&] { v.date(window.from); });
      v.field("until", "end, on the site's clock", required, [&] { v.date(window.until); });
    });
    v.field("limit", "most facility power", required, [&] { v.quantity(window.limit_w, power, powers); });
    if (dates && window.until.local <= window.from.local)
      v.refuse("an \"until\" after the \"from\" " + models::format_date_time(window.from.local),
               models::format_date_time(window.until.local));
  });
}

}  // namespace

void visit(FieldVisitor& v, SiteFields& site) {
  v.object("a place with power", [&] {
    v.field("name", "the site's name", required, [&] { v.name(site.name); });
    v.field("time_zone", "its clock, an IANA name", optional, [&] {
      if (!v.sound([&] { v.name(site.time_zone); })) return;
      if (!is_time_zone(site.time_zone)) {
        const Fault fault = unknown_time_zone(site.time_zone);
        v.refuse(fault.expected, fault.found, fault.hint);
      }
    });
    v.field_if("tariff", "what electricity costs: a name of the catalogue, {\"file\": ...}, or written out",
               site.tariff, [&](TariffSpec& tariff) { visit(v, tariff); });
    v.field("customer", "what the bill needs to know of the customer", optional,
            [&] { visit_customer(v, site.billing); });
    v.field("pue", "facility power over IT power: a number, a name of catalogue cooling, or a model", optional,
            [&] { visit_pue(v, site); });
    v.field("climate", "wet-bulb temperature for cooling: a name of catalogue climates, or mean and half-range",
            optional, [&] { visit_climate(v, site); });
    v.field("carbon", "carbon intensity of the grid: a name of catalogue carbon, or a quantity", optional,
            [&] { visit_carbon(v, site); });
    v.field("it_load", "constant load of computers beside the fleets", optional,
            [&] { v.quantity(site.it_load_w, power, powers); });
    v.field("facility_load", "constant load at the meter, cooling counted in", optional,
            [&] { v.quantity(site.facility_load_w, power, powers); });
    v.field_if("limit", "most facility power", site.limit_w, [&](double& value) { v.quantity(value, power, powers); });
    v.field("curtailments", "times of less power", optional,
            [&] { v.list(site.curtailments, 0, [&](SiteSpec::Window& window) { visit_window(v, window); }); });
    v.field("on_limit", "hold: start no more jobs; slow: run all slower; suspend: stop the last started", optional,
            [&] {
              static const std::array<std::string, 3> names{"hold", "slow", "suspend"};
              std::size_t index = 0;
              v.choice(index, names);
              site.shed = static_cast<ShedPolicy>(index);
            });
  });
}

}  // namespace chokepoint::sim
