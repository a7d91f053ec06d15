#include "sim/tariff/tariff_spec.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "models/quantity/quantity.hpp"
#include "models/quantity/unit_text.hpp"
#include "models/tariff/demand_charge.hpp"
#include "models/tariff/power_factor_charge.hpp"
#include "sim/input/near_name.hpp"
#include "sim/tariff/price_file.hpp"
#include "sim/tariff/schedule_field.hpp"
#include "sim/tariff/tariff_catalogue.hpp"

namespace chokepoint::sim {
namespace {

using models::dimension::money_per_energy;
using models::dimension::money_per_power;

const std::vector<std::string> period_names{"sharp", "peak", "flat", "valley"};

/// Refuses a price in another currency than the tariff's; one that is not given is in none.
void refuse_other_currency(FieldVisitor& v, const Price& price, const models::Currency& currency) {
  if (price.value != 0.0 && price.currency != currency)
    v.refuse("all prices in " + currency.code(), "one in " + price.currency.code());
}

void visit_flat(FieldVisitor& v, FlatTariff& tariff) {
  v.field("price", "price of energy", required, [&] { v.price(tariff.price, money_per_energy, {}); });
}

void visit_shares(FieldVisitor& v, std::string_view name, std::string_view about, std::array<double, 12>& shares) {
  v.field(name, about, optional, [&] {
    std::vector<double> list;
    v.list(list, 12, [&](double& share) { v.number(share, Range::not_negative()); });
    if (list.size() > 12) v.refuse("12 shares, one a month", fmt::format("{}", list.size()));
    if (list.size() != 12) return;
    std::ranges::copy(list, shares.begin());
  });
}

void visit_ratchet(FieldVisitor& v, models::Ratchet& ratchet) {
  v.object("billing demand that remembers earlier months", [&] {
    std::int64_t months = ratchet.months;
    double minimum_w = 0.0;
    v.field("months", "how many months before count", optional,
            [&] { v.integer(months, {.low = 1.0, .high = 120.0}); });
    visit_shares(v, "back_shares", "share of each calendar month's demand that later months keep", ratchet.back_share);
    visit_shares(v, "billed_shares", "share of what is kept that each month is billed", ratchet.billed_share);
    visit_shares(v, "own_shares", "share of its own demand that each month is billed", ratchet.own_share);
    v.field("minimum", "least billing demand", optional,
            [&] { v.quantity(minimum_w, models::dimension::power, Range::not_negative()); });
    ratchet.months = static_cast<int>(months);
    ratchet.minimum_kw = minimum_w / 1e3;
  });
}

void visit_event(FieldVisitor& v, models::CoincidentEvent& event) {
  v.object("one peak of the system", [&] {
    v.field("rate", "price per kW of the highest demand within its hours", required,
            [&] { v.number(event.price_per_kw, {}); });
    v.field("hours", "when it was; universal time unless it says another", required, [&] {
      v.list(event.hours, 1, [&](models::CoincidentEvent::Hours& hours) {
        models::IsoDate from;
        models::IsoDate to;
        v.object("a stretch of time", [&] {
          v.field("from", "its beginning", required, [&] { v.date(from); });
          v.field("to", "its end", required, [&] { v.date(to); });
        });
        hours = {.from = from.at(models::TimeZone{}), .to = to.at(models::TimeZone{})};
        if (hours.to < hours.from) v.refuse("an end after the beginning", models::format_date_time(to.local));
      });
    });
  });
}

void visit_schedule_kind(FieldVisitor& v, ScheduleTariff& tariff) {
  visit_fields(v, tariff.rate);
  v.field("tiers_across_periods", "whether energy tiers run over all periods together", optional,
          [&] { v.flag(tariff.rate.tiers_across_periods); });
  v.field("coincident_events", "peaks of the system that are known by date", optional, [&] {
    v.list(tariff.rate.coincident_events, 0, [&](models::CoincidentEvent& event) { visit_event(v, event); });
  });
  v.field_if("ratchet", "billing demand that remembers earlier months", tariff.rate.ratchet,
             [&](models::Ratchet& ratchet) { visit_ratchet(v, ratchet); });
}

/// Reads the days of the seasons into the schedule; every month must stand in one season.
void visit_seasons(FieldVisitor& v, models::Schedule& schedule) {
  struct Season {
    std::vector<std::int64_t> months;
    std::array<std::uint16_t, 24> hours{};
  };
  std::vector<Season> seasons;
  bool months_are_sound = true;
  v.list(seasons, 1, [&](Season& season) {
    v.object("months with the same hours", [&] {
      months_are_sound &= v.sound([&] {
        v.field("months", "months of the season, 1 for January", required, [&] {
          v.list(season.months, 1, [&](std::int64_t& month) { v.integer(month, {.low = 1.0, .high = 12.0}); });
        });
      });
      v.field("hours", "the day as runs of periods, such as \"6xvalley 18xflat\"", required,
              [&] { visit_day(v, season.hours, period_names.size(), period_names); });
    });
  });
  if (seasons.empty() || !months_are_sound) return;
  std::array<int, 12> times{};
  for (const Season& season : seasons)
    for (const std::int64_t month : season.months) {
      if (month < 1 || month > 12) continue;  // the schema is written from a month that nobody gave
      const auto index = static_cast<std::size_t>(month - 1);
      ++times[index];
      schedule.weekday[index] = season.hours;
      schedule.weekend[index] = season.hours;
    }
  const auto refuse_months = [&](std::string_view found, const auto& wrong) {
    std::vector<std::size_t> months;
    for (std::size_t month = 0; month < times.size(); ++month)
      if (wrong(times[month])) months.push_back(month + 1);
    if (!months.empty())
      v.refuse("each month in one season", fmt::format("{} month {}", found, fmt::join(months, ", ")));
  };
  refuse_months("no season for", [](int count) { return count == 0; });
  refuse_months("several seasons for", [](int count) { return count > 1; });
}

void visit_chinese(FieldVisitor& v, ChineseTariff& tariff) {
  const auto energy_price = [&](Price& price) { v.price(price, money_per_energy, {}); };
  v.field("prices", "price of energy by period", required, [&] {
    v.object("prices of the four periods", [&] {
      for (std::size_t i = 0; i < period_names.size(); ++i)
        v.field(period_names[i], "price of the period", required, [&] { energy_price(tariff.prices[i]); });
    });
  });
  tariff.currency = tariff.prices[2].currency;
  v.field("flat_price_parts", "what the flat price is made of; must add up to it", optional, [&] {
    std::map<std::string, Price> parts;
    v.map(parts, energy_price);
    double sum = 0.0;
    for (const auto& [name, part] : parts) sum += part.value;
    const double flat = tariff.prices[2].value;
    if (std::abs(sum - flat) * models::joules_per_kwh > 1e-9)
      v.refuse(fmt::format("parts that add up to the flat price, {:.6f} per kWh", flat * models::joules_per_kwh),
               fmt::format("{:.6f}", sum * models::joules_per_kwh));
  });
  v.field("seasons", "hours of the periods by season", required, [&] { visit_seasons(v, tariff.schedule); });
  Price demand;
  Price capacity;
  double capacity_va = 0.0;
  v.field("demand_price", "price of a month's highest demand, per kW", required,
          [&] { v.price(demand, money_per_power, Range::not_negative()); });
  v.field("capacity_price", "price of a month of transformer capacity, per kVA", required,
          [&] { v.price(capacity, money_per_power, Range::not_negative()); });
  v.field("option", "what the basic charge counts", optional, [&] {
    static const std::vector<std::string> options{"demand", "capacity"};
    std::size_t index = 0;
    v.choice(index, options);
    tariff.basic.option = index == 0 ? models::BasicOption::demand : models::BasicOption::capacity;
  });
  v.field("transformer_capacity", "rated capacity, for the capacity option", optional,
          [&] { v.quantity(capacity_va, models::dimension::power, Range::positive()); });
  v.field("standard_power_factor", "power factor at which a bill is not adjusted", optional,
          [&] { v.number(tariff.standard_power_factor, {.low = 0.7, .high = 1.0}); });
  v.field("demand_window", "time that demand is averaged over", optional,
          [&] { v.quantity(tariff.demand_window_s, models::dimension::time, {.low = 60.0, .high = 86400.0}); });
  for (const Price& price : {tariff.prices[0], tariff.prices[1], tariff.prices[3], demand, capacity})
    refuse_other_currency(v, price, tariff.currency);
  tariff.basic.price_per_kw = demand.value * 1e3;
  tariff.basic.price_per_kva = capacity.value * 1e3;
  if (capacity_va > 0.0) tariff.basic.capacity_kva = capacity_va / 1e3;
}

void visit_hourly(FieldVisitor& v, HourlyTariff& tariff) {
  std::string unit;
  v.field("unit", "what the prices are in, such as \"EUR/MWh\"", required, [&] { v.text(unit); });
  if (!unit.empty()) {
    const auto parsed = models::parse_quantity("1 " + unit);
    const auto* number = std::get_if<models::MeasuredNumber>(&parsed);
    if (number == nullptr || number->dimension != money_per_energy) {
      v.refuse("a unit of prices of energy, such as \"EUR/MWh\"", '"' + unit + '"');
    } else {
      tariff.per_kwh = number->value * models::joules_per_kwh;
      tariff.currency = number->currency.value_or(models::Currency{});
    }
  }
  const bool by_file =
      v.field("file", "CSV of times and prices, instead of \"prices\"", optional, [&] { v.text(tariff.file); });
  v.field("column", "column of the file", by_file && !tariff.file.empty() ? required : optional,
          [&] { v.text(tariff.column); });
  models::IsoDate start;
  double interval_s = 3600.0;
  const bool has_start = v.field("start", "when the first price begins, universal time unless it says another",
                                 optional, [&] { v.date(start); });
  v.field("interval", "how long each price holds", optional,
          [&] { v.quantity(interval_s, models::dimension::time, {.low = 60.0, .high = 86400.0}); });
  const bool has_prices = v.field("prices", "one price after the other", optional, [&] {
    v.list(tariff.series.price_per_kwh, 1, [&](double& price) { v.number(price, {}); });
    for (double& price : tariff.series.price_per_kwh) price *= tariff.per_kwh;
  });
  if (tariff.file.empty() && !(has_start && has_prices))
    v.refuse("\"start\" and \"prices\", or \"file\" and \"column\"", has_prices ? "no \"start\"" : "no \"prices\"");
  tariff.series.start = start.at(models::TimeZone{});
  tariff.series.interval = std::chrono::seconds{std::llround(interval_s)};
  Price adder;
  Price demand;
  v.field("adder", "price of energy added in every interval", optional, [&] { v.price(adder, money_per_energy, {}); });
  v.field("demand_price", "price of a month's highest demand, per kW", optional,
          [&] { v.price(demand, money_per_power, Range::not_negative()); });
  v.field("demand_window", "time that demand is averaged over", optional,
          [&] { v.quantity(tariff.demand_window_s, models::dimension::time, {.low = 60.0, .high = 86400.0}); });
  for (const Price& price : {adder, demand}) refuse_other_currency(v, price, tariff.currency);
  tariff.adder_per_kwh = adder.value * models::joules_per_kwh;
  tariff.demand_price_per_kw = demand.value * 1e3;
}

template <class AnyCharge>
void add(models::Tariff& tariff, AnyCharge charge) {
  tariff.charges.push_back(std::make_shared<const AnyCharge>(std::move(charge)));
}

models::Tariff to_tariff(const FlatTariff& form, const std::filesystem::path&) {
  models::Tariff tariff{.name = {}, .currency = form.price.currency, .ratchet = {}, .charges = {}};
  add(tariff, models::EnergyCharge({}, {{{.rate = form.price.value * models::joules_per_kwh}}}));
  return tariff;
}

models::Tariff to_tariff(const ScheduleTariff& form, const std::filesystem::path&) {
  return to_tariff(form.rate, "");
}

models::Tariff to_tariff(const ChineseTariff& form, const std::filesystem::path&) {
  models::Tariff tariff{.name = {},
                        .currency = form.currency,
                        .demand_window = std::chrono::seconds{std::llround(form.demand_window_s)},
                        .ratchet = {},
                        .charges = {}};
  std::vector<std::vector<models::EnergyTier>> periods;
  for (const Price& price : form.prices) periods.push_back({{.rate = price.value * models::joules_per_kwh}});
  add(tariff, models::EnergyCharge(form.schedule, std::move(periods)));
  add(tariff, models::BasicCharge(form.basic));
  add(tariff, models::PowerFactorCharge(form.standard_power_factor));
  return tariff;
}

models::Tariff to_tariff(const HourlyTariff& form, const std::filesystem::path& folder) {
  models::Tariff tariff{.name = {},
                        .currency = form.currency,
                        .demand_window = std::chrono::seconds{std::llround(form.demand_window_s)},
                        .ratchet = {},
                        .charges = {}};
  models::PriceSeries series =
      form.file.empty() ? form.series
                        : read_prices({.path = folder / form.file, .column = form.column, .per_kwh = form.per_kwh});
  add(tariff, models::PriceSeriesCharge(std::move(series), form.adder_per_kwh));
  if (form.demand_price_per_kw > 0.0)
    add(tariff, models::DemandCharge({.name = "demand",
                                      .schedule = {},
                                      .periods = {{{.rate = form.demand_price_per_kw}}},
                                      .unit = {},
                                      .basis = models::DemandCharge::Basis::billing}));
  return tariff;
}

}  // namespace

void visit_written_tariff(FieldVisitor& v, TariffSpec& spec) {
  const auto kinds = std::to_array<FieldVisitor::Kind>({
      {.name = "flat",
       .about = "one price for all energy",
       .part = [&] { visit_flat(v, spec.form.emplace<FlatTariff>()); }},
      {.name = "schedule",
       .about = "energy and demand by periods and tiers, in the fields of the OpenEI Utility Rate Database",
       .part = [&] { visit_schedule_kind(v, spec.form.emplace<ScheduleTariff>()); }},
      {.name = "chinese-two-part",
       .about = "China's industrial tariff: energy by time of use and a basic charge",
       .part = [&] { visit_chinese(v, spec.form.emplace<ChineseTariff>()); }},
      {.name = "hourly",
       .about = "a series of prices",
       .part = [&] { visit_hourly(v, spec.form.emplace<HourlyTariff>()); }},
  });
  v.kind(kinds);
}

void visit(FieldVisitor& v, TariffSpec& spec) {
  const auto by_name = [&] {
    v.name(spec.name);
    if (!spec.name.empty() && catalogue_tariffs().find(spec.name) == nullptr)
      v.refuse("the name of an entry of catalogue tariffs", '"' + spec.name + '"',
               name_hint(spec.name, catalogue_tariffs().names()));
  };
  const auto written_out = [&] {
    v.object("a tariff", [&] {
      v.field("file", "a file that holds the tariff, instead of the other keys", optional, [&] { v.name(spec.file); });
      if (spec.file.empty()) visit_written_tariff(v, spec);
    });
  };
  // A reader takes the first form that fits; this one is for the schema, which shows each by itself.
  const auto by_file = [&] {
    v.object("a tariff in a file",
             [&] { v.field("file", "a file that holds the tariff", required, [&] { v.name(spec.file); }); });
  };
  v.one_of(std::array<FieldVisitor::Alternative, 3>{{{.form = "text", .part = by_name},
                                                     {.form = "object", .part = written_out},
                                                     {.form = "object", .part = by_file}}});
}

models::Tariff resolve_tariff(const TariffSpec& spec, const std::filesystem::path& folder) {
  if (!spec.name.empty()) return catalogue_tariffs().at(spec.name).value;
  if (!spec.file.empty()) return read_tariff_file(folder / spec.file);
  return std::visit([&](const auto& form) { return to_tariff(form, folder); }, spec.form);
}

}  // namespace chokepoint::sim
