#include "sim/tariff/urdb_rate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "models/tariff/minimum_charge.hpp"
#include "models/tariff/monthly_adder_charge.hpp"
#include "models/tariff/reactive_charge.hpp"
#include "sim/tariff/schedule_field.hpp"

namespace chokepoint::sim {
namespace {

using models::DemandUnit;
using models::EnergyTier;
using models::Per;
using models::Tier;

/// Visits what the tiers of energy and of demand share; the limit must rise above `floor`.
template <class AnyTier>
void visit_tier(FieldVisitor& v, AnyTier& tier, const FieldVisitor::Part& unit) {
  double adjustment = 0.0;
  double sell = 0.0;
  v.object("a tier", [&] {
    v.field("max", "where the tier ends; none for the last", optional,
            [&] { v.number(tier.max, Range::not_negative()); });
    v.field("rate", "price of a unit within the tier", optional, [&] { v.number(tier.rate, {}); });
    v.field("adj", "adjustment added to the rate", optional, [&] { v.number(adjustment, {}); });
    v.field("sell", "price of what is fed in, which no load here does", optional, [&] { v.number(sell, {}); });
    v.field("unit", "what the limit counts", optional, unit);
  });
  tier.rate += adjustment;
}

void refuse_unless_rising(FieldVisitor& v, bool rises, std::size_t tier, double max, double before) {
  if (!rises)
    v.refuse("tiers whose \"max\" rise, none but the last without one",
             fmt::format("tier {} with {} after {}", tier, std::isfinite(max) ? fmt::format("{}", max) : "no max",
                         std::isfinite(before) ? fmt::format("{}", before) : "no max"));
}

void visit_energy_period(FieldVisitor& v, std::vector<EnergyTier>& tiers) {
  static const std::vector<std::string> units{"kWh", "kWh/kW", "kWh daily", "kWh/kW daily"};
  v.list(tiers, 1, [&](EnergyTier& tier) {
    std::size_t unit = 0;
    visit_tier(v, tier, [&] { v.choice(unit, units); });
    tier.unit = static_cast<models::EnergyTierUnit>(unit);
  });
  // Limits by kWh and by kWh/kW rise each among themselves: the latter may open blocks of the former.
  std::array<double, 2> highest{-1.0, -1.0};
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    const bool per_kw = tiers[i].unit == models::EnergyTierUnit::kwh_per_kw ||
                        tiers[i].unit == models::EnergyTierUnit::kwh_per_kw_daily;
    double& before = highest[per_kw ? 1 : 0];
    refuse_unless_rising(v, tiers[i].max > before, i, tiers[i].max, before);
    before = tiers[i].max;
  }
}

void visit_demand_period(FieldVisitor& v, std::vector<Tier>& tiers) {
  v.list(tiers, 1, [&](Tier& tier) { visit_tier(v, tier, [&] { v.anything(); }); });
  double before = -1.0;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    refuse_unless_rising(v, tiers[i].max > before, i, tiers[i].max, before);
    before = tiers[i].max;
  }
}

void visit_demand_unit(FieldVisitor& v, DemandUnit& unit) {
  static const std::vector<std::string> names{"kW", "kVA", "hp", "kW daily", "kVA daily", "hp daily"};
  std::size_t index = 0;
  v.choice(index, names);
  unit = {.of = static_cast<DemandUnit::Of>(index % 3), .daily = index >= 3};
}

void visit_months(FieldVisitor& v, std::array<double, 12>& values, Range range) {
  std::vector<double> list;
  v.list(list, 12, [&](double& value) { v.number(value, range); });
  if (list.size() > 12) v.refuse("12 numbers, one a month", fmt::format("{}", list.size()));
  if (list.size() != 12) return;
  std::ranges::copy(list, values.begin());
}

/// A share that is written as one (0.8) or in percent (80).
double as_share(double value) {
  return value > 1.0 ? value / 100.0 : value;
}

void visit_energy(FieldVisitor& v, UrdbRate& rate) {
  v.field("energyratestructure", "price of energy: periods, each a list of tiers", optional,
          [&] { v.list(rate.energy, 0, [&](auto& period) { visit_energy_period(v, period); }); });
  const std::size_t periods = rate.energy.size();
  const Presence presence = periods > 1 ? required : optional;
  v.field("energyweekdayschedule", "period of energy by month and hour on working days", presence,
          [&] { visit_table(v, rate.energy_schedule.weekday, periods); });
  v.field("energyweekendschedule", "period of energy by month and hour on rest days", presence,
          [&] { visit_table(v, rate.energy_schedule.weekend, periods); });
  v.field("fueladjustmentsmonthly", "price per kWh added in each month", optional,
          [&] { visit_months(v, rate.fuel_adjustments.emplace(), {}); });
}

void visit_time_of_use_demand(FieldVisitor& v, UrdbRate& rate) {
  v.field("demandratestructure", "price of demand by time of use: periods, each a list of tiers", optional,
          [&] { v.list(rate.demand, 0, [&](auto& period) { visit_demand_period(v, period); }); });
  const std::size_t periods = rate.demand.size();
  const Presence presence = periods > 1 ? required : optional;
  v.field("demandweekdayschedule", "period of demand by month and hour on working days", presence,
          [&] { visit_table(v, rate.demand_schedule.weekday, periods); });
  v.field("demandweekendschedule", "period of demand by month and hour on rest days", presence,
          [&] { visit_table(v, rate.demand_schedule.weekend, periods); });
  v.field("demandunits", "unit of both demands", optional, [&] {
    visit_demand_unit(v, rate.demand_unit);
    rate.flat_demand_unit = rate.demand_unit;
  });
  v.field("demandrateunit", "unit of demand by time of use", optional, [&] { visit_demand_unit(v, rate.demand_unit); });
}

void visit_flat_demand(FieldVisitor& v, UrdbRate& rate) {
  v.field("flatdemandstructure", "price of the month's highest demand: periods, each a list of tiers", optional,
          [&] { v.list(rate.flat_demand, 0, [&](auto& period) { visit_demand_period(v, period); }); });
  v.field("flatdemandmonths", "period of flat demand by month", rate.flat_demand.size() > 1 ? required : optional, [&] {
    std::vector<std::int64_t> months;
    const double last = static_cast<double>(std::max<std::size_t>(rate.flat_demand.size(), 1) - 1);
    v.list(months, 12, [&](std::int64_t& period) { v.integer(period, {.low = 0.0, .high = last}); });
    if (months.size() > 12) v.refuse("12 periods, one a month", fmt::format("{}", months.size()));
    if (months.size() != 12) return;
    for (std::size_t month = 0; month < 12; ++month)
      rate.flat_demand_months[month] = static_cast<std::uint16_t>(months[month]);
  });
  v.field("flatdemandunit", "unit of flat demand", optional, [&] { visit_demand_unit(v, rate.flat_demand_unit); });
}

void visit_coincident_demand(FieldVisitor& v, UrdbRate& rate) {
  v.field("coincidentratestructure", "price of demand at the system's peak: periods, each a list of tiers", optional,
          [&] { v.list(rate.coincident, 0, [&](auto& period) { visit_demand_period(v, period); }); });
  v.field("coincidentrateschedule", "period of coincident demand by month and hour",
          rate.coincident.size() > 1 ? required : optional, [&] {
            visit_table(v, rate.coincident_schedule.weekday, rate.coincident.size());
            rate.coincident_schedule.weekend = rate.coincident_schedule.weekday;
          });
  v.field("coincidentrateunit", "unit of coincident demand", optional,
          [&] { visit_demand_unit(v, rate.coincident_unit); });
}

/// Look-back and ratchet. A look-back by months without a range goes over the eleven months before.
void visit_ratchet(FieldVisitor& v, UrdbRate& rate) {
  double percent = 0.0;
  std::int64_t range = 0;
  std::array<double, 12> months{};
  v.field("lookbackpercent", "share of earlier months' demand that billing demand keeps", optional,
          [&] { v.number(percent, {.low = 0.0, .high = 100.0}); });
  v.field("lookbackrange", "how many months before", optional, [&] { v.integer(range, {.low = 0.0, .high = 120.0}); });
  v.field("lookbackmonths", "months whose demand is kept: twelve of 0 and 1", optional, [&] {
    std::vector<double> list;
    v.list(list, 12, [&](double& value) {
      bool counts = false;
      const auto flag = [&] { v.flag(counts); };
      const auto number = [&] { v.number(value, Range::share()); };
      v.one_of(std::array<FieldVisitor::Alternative, 2>{
          {{.form = "flag", .part = flag}, {.form = "number", .part = number}}});
      if (counts) value = 1.0;
    });
    if (list.size() > 12) v.refuse("12 months", fmt::format("{}", list.size()));
    if (list.size() != 12) return;
    std::ranges::copy(list, months.begin());
  });
  std::array<double, 12> ratchet_percent{};
  v.field("demandratchetpercentage", "share of the eleven earlier months' demand that each month is billed at least",
          optional, [&] { visit_months(v, ratchet_percent, {.low = 0.0, .high = 100.0}); });

  const auto any = [](const std::array<double, 12>& values) {
    return std::ranges::any_of(values, [](double value) { return value > 0.0; });
  };
  if (percent > 0.0) {
    models::Ratchet& ratchet = rate.ratchet.emplace();
    if (range > 0) ratchet.months = static_cast<int>(range);
    for (std::size_t m = 0; m < 12; ++m)
      ratchet.back_share[m] = !any(months) || months[m] > 0.0 ? as_share(percent) : 0.0;
  } else if (any(ratchet_percent)) {
    models::Ratchet& ratchet = rate.ratchet.emplace();
    ratchet.back_share.fill(1.0);
    for (std::size_t m = 0; m < 12; ++m) ratchet.billed_share[m] = as_share(ratchet_percent[m]);
  }
}

void visit_amount(FieldVisitor& v, std::string_view amount, std::string_view unit, std::string_view about,
                  std::vector<UrdbRate::Amount>& amounts) {
  static const std::vector<std::string> units{"$/day", "$/month", "$/year"};
  double value = 0.0;
  std::size_t per = 1;
  const bool given = v.field(amount, about, optional, [&] { v.number(value, {}); });
  v.field(unit, "what that is for", optional, [&] { v.choice(per, units); });
  if (given && value != 0.0) amounts.push_back({.amount = value, .per = static_cast<Per>(per)});
}

void visit_fixed_and_minimum(FieldVisitor& v, UrdbRate& rate) {
  double monthly = 0.0;
  double monthly_minimum = 0.0;
  double annual_minimum = 0.0;
  visit_amount(v, "fixedchargefirstmeter", "fixedchargeunits", "fixed charge", rate.fixed);
  v.field("fixedmonthlycharge", "fixed charge a month, the older name", optional, [&] { v.number(monthly, {}); });
  if (rate.fixed.empty() && monthly != 0.0) rate.fixed.push_back({.amount = monthly});
  visit_amount(v, "mincharge", "minchargeunits", "least that a bill comes to", rate.minimums);
  v.field("minmonthlycharge", "least of a month, the older name", optional, [&] { v.number(monthly_minimum, {}); });
  v.field("annualmincharge", "least of a year", optional, [&] { v.number(annual_minimum, {}); });
  if (rate.minimums.empty() && monthly_minimum != 0.0) rate.minimums.push_back({.amount = monthly_minimum});
  if (annual_minimum != 0.0) rate.minimums.push_back({.amount = annual_minimum, .per = Per::year});
}

}  // namespace

void visit_fields(FieldVisitor& v, UrdbRate& rate) {
  v.field("currency", "currency of all prices", optional, [&] {
    v.text(rate.currency);
    if (!rate.currency.empty() && !models::find_currency(rate.currency)) {
      v.refuse("a currency, such as \"USD\"", '"' + rate.currency + '"');
      rate.currency = "USD";
    }
  });
  visit_energy(v, rate);
  visit_time_of_use_demand(v, rate);
  visit_flat_demand(v, rate);
  visit_coincident_demand(v, rate);
  v.field("demandwindow", "minutes that demand is averaged over", optional,
          [&] { v.number(rate.demand_window_min, {.low = 0.0, .high = 1440.0}); });
  if (rate.demand_window_min > 0.0 &&
      (rate.demand_window_min < 1.0 || std::fmod(1440.0, rate.demand_window_min) != 0.0))
    v.refuse("a demand window of whole minutes that divides a day", fmt::format("{} minutes", rate.demand_window_min));
  visit_ratchet(v, rate);
  v.field("demandreactivepowercharge", "price per kVAr", optional,
          [&] { v.number(rate.reactive_charge, Range::not_negative()); });
  visit_fixed_and_minimum(v, rate);
}

models::Tariff to_tariff(const UrdbRate& rate, std::string name) {
  using Basis = models::DemandCharge::Basis;
  models::Tariff tariff{.name = std::move(name),
                        .currency = models::find_currency(rate.currency).value_or(models::Currency{}),
                        .demand_window = std::chrono::seconds{std::llround(rate.demand_window_min * 60.0)},
                        .ratchet = rate.ratchet,
                        .charges = {}};
  const auto add = [&tariff](auto charge) {
    tariff.charges.push_back(std::make_shared<const decltype(charge)>(std::move(charge)));
  };
  if (!rate.energy.empty()) add(models::EnergyCharge(rate.energy_schedule, rate.energy, rate.tiers_across_periods));
  if (rate.fuel_adjustments) add(models::MonthlyAdderCharge(*rate.fuel_adjustments));
  if (!rate.demand.empty())
    add(models::DemandCharge({.name = "time-of-use demand",
                              .schedule = rate.demand_schedule,
                              .periods = rate.demand,
                              .unit = rate.demand_unit,
                              .basis = rate.flat_demand.empty() ? Basis::ratcheted : Basis::metered}));
  if (!rate.flat_demand.empty())
    add(models::DemandCharge({.name = "flat demand",
                              .schedule = models::Schedule::by_month(rate.flat_demand_months),
                              .periods = rate.flat_demand,
                              .unit = rate.flat_demand_unit,
                              .basis = Basis::billing}));
  if (!rate.coincident.empty())
    add(models::DemandCharge({.name = "coincident demand",
                              .schedule = rate.coincident_schedule,
                              .periods = rate.coincident,
                              .unit = rate.coincident_unit}));
  if (!rate.coincident_events.empty()) add(models::CoincidentEventCharge(rate.coincident_events));
  if (rate.reactive_charge != 0.0) add(models::ReactiveCharge(rate.reactive_charge));
  for (const auto& fixed : rate.fixed) add(models::FixedCharge(fixed.amount, fixed.per));
  for (const auto& minimum : rate.minimums) add(models::MinimumCharge(minimum.amount, minimum.per));
  return tariff;
}

}  // namespace chokepoint::sim
