#include "models/tariff/bill.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/calendar/iso_date.hpp"
#include "models/contract/expects.hpp"
#include "models/tariff/metered_load.hpp"

namespace chokepoint::models {
namespace {

MeterRules meter_rules(const Tariff& tariff) {
  std::int64_t interval = 0;
  for (const auto& charge : tariff.charges) interval = std::gcd(interval, charge->interval().count());
  return {.window = tariff.demand_window, .interval = std::chrono::seconds{interval}, .ratchet = tariff.ratchet};
}

}  // namespace

std::vector<BillingRefusal> billing_refusals(const Tariff& tariff, const LoadSeries& load, const TimeZone& zone,
                                             const BillingOptions& options) {
  const std::string seconds = std::to_string(load.step.count()) + " s";
  if (load.step.count() <= 0) return {{"a load with a step above zero", seconds}};
  if (load.power_w.empty()) return {{"a load of at least one step", "none"}};
  std::vector<BillingRefusal> refusals;
  for (std::size_t i = 0; i < load.power_w.size() && refusals.empty(); ++i)
    if (!std::isfinite(load.power_w[i]) || load.power_w[i] < 0.0)
      refusals.push_back({"power that is finite and not negative",
                          std::to_string(load.power_w[i]) + " W in step " + std::to_string(i + 1)});
  if (options.power_factor && !(*options.power_factor > 0.0 && *options.power_factor <= 1.0))
    refusals.push_back({"a power factor above 0 to 1", std::to_string(*options.power_factor)});
  const std::chrono::seconds finest{60};
  if (meter_step(load, zone, meter_rules(tariff)) < std::min(finest, load.step))
    refusals.push_back({"a load whose steps meet hours, demand windows and price intervals at whole minutes",
                        "steps of " + seconds + " from " + format_date_time(zone.to_local(load.start)) + " on"});
  for (const auto& charge : tariff.charges)
    if (auto refusal = charge->refusal(load, options)) refusals.push_back(std::move(*refusal));
  return refusals;
}

Bill make_bill(const Tariff& tariff, const LoadSeries& load, const TimeZone& zone, const BillingOptions& options) {
  expects(billing_refusals(tariff, load, zone, options).empty(), "a load that the tariff can bill");
  const MeteredLoad metered = meter(load, zone, meter_rules(tariff), options);

  Bill bill{.currency = tariff.currency, .months = {}, .lines = {}, .total = {}};
  for (const MeterMonth& month : metered.months) {
    bill.months.push_back({.month = month.month,
                           .share = month.share,
                           .energy_kwh = month.energy_kwh,
                           .peak_kw = month.peak_kw,
                           .billing_demand_kw = month.billing_kw,
                           .total = {}});
    bill.energy_kwh += month.energy_kwh;
    bill.peak_kw = std::max(bill.peak_kw, month.peak_kw);
    bill.billing_demand_kw = std::max(bill.billing_demand_kw, month.billing_kw);
  }
  for (const auto& charge : tariff.charges) {
    BillLine line{.name = charge->name(options), .by_month = {}, .total = {}};
    for (const double amount : charge->amounts(metered, bill.lines)) {
      const Money money = Money::from_units(amount);
      bill.months[line.by_month.size()].total += money;
      line.by_month.push_back(money);
      line.total += money;
    }
    ensures(line.by_month.size() == bill.months.size(), "a line has an amount for every month");
    bill.total += line.total;
    bill.lines.push_back(std::move(line));
  }
  return bill;
}

}  // namespace chokepoint::models
