#include "sim/world/bill_sites.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "sim/input/fault.hpp"
#include "sim/record/lower_case.hpp"

namespace chokepoint::sim {
namespace {

/// The instant at which a month's bill is made: its end on the site's clock, or that of the run.
models::Instant billed_at(const World& world, const SiteSpec& site, std::chrono::year_month month) {
  const auto month_end = site.zone.to_instant(std::chrono::local_days{(month + std::chrono::months{1}) / 1});
  const auto run_end = world.counted_from() + std::chrono::seconds(static_cast<std::int64_t>(world.counted_s()));
  return std::min(month_end, run_end);
}

/// Calls `take(site, bill, line, month, amount, converted)` for every amount of every bill.
template <class Take>
void each_amount(const World& world, const std::vector<std::optional<models::Bill>>& bills, const Take& take) {
  const Scenario& scenario = world.scenario();
  for (std::size_t i = 0; i < bills.size(); ++i) {
    if (!bills[i]) continue;
    const SiteSpec& site = scenario.sites[i];
    for (std::size_t month = 0; month < bills[i]->months.size(); ++month) {
      const models::Instant at = billed_at(world, site, bills[i]->months[month].month);
      for (const models::BillLine& line : bills[i]->lines)
        take(site, *bills[i], line, bills[i]->months[month], line.by_month[month],
             scenario.money.convert(line.by_month[month], bills[i]->currency, at));
    }
  }
}

}  // namespace

std::vector<std::optional<models::Bill>> bill_sites(const World& world) {
  std::vector<std::optional<models::Bill>> bills;
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < world.sites().size(); ++i) {
    const SiteSpec& spec = world.scenario().sites[i];
    const Site& site = *world.sites()[i];
    bills.emplace_back();
    if (!spec.tariff || world.counted_s() <= 0.0) continue;
    const models::LoadSeries load{.start = world.counted_from(),
                                  .step = std::chrono::seconds(static_cast<std::int64_t>(site.meter().step_s())),
                                  .power_w = site.meter().averages_over_whole_steps()};
    for (const models::BillingRefusal& refusal : models::billing_refusals(*spec.tariff, load, spec.zone, spec.billing))
      faults.push_back(
          {.file = "site " + spec.name, .where = "tariff", .expected = refusal.expected, .found = refusal.found});
    if (faults.empty()) bills.back() = models::make_bill(*spec.tariff, load, spec.zone, spec.billing);
  }
  throw_if_any(std::move(faults));
  return bills;
}

models::Money total_in_accounting_currency(const World& world, const std::vector<std::optional<models::Bill>>& bills) {
  models::Money total;
  each_amount(world, bills,
              [&](const auto&, const auto&, const auto&, const auto&, models::Money, models::Money converted) {
                total += converted;
              });
  return total;
}

Table bills_table(const World& world, const std::vector<std::optional<models::Bill>>& bills) {
  TextColumn sites;
  TextColumn months;
  TextColumn lines;
  TextColumn currencies;
  std::vector<double> amounts;
  std::vector<double> converted_amounts;
  each_amount(world, bills,
              [&](const SiteSpec& site, const models::Bill& bill, const models::BillLine& line,
                  const models::BillMonth& month, models::Money amount, models::Money converted) {
                sites.push_back(site.name);
                months.push_back(fmt::format("{:04}-{:02}", static_cast<int>(month.month.year()),
                                             static_cast<unsigned>(month.month.month())));
                lines.push_back(line.name);
                currencies.push_back(bill.currency.code());
                amounts.push_back(amount.units());
                converted_amounts.push_back(converted.units());
              });
  return {.name = "bills",
          .columns = {{.name = "site", .values = std::move(sites)},
                      {.name = "month", .values = std::move(months)},
                      {.name = "line", .values = std::move(lines)},
                      {.name = "currency", .values = std::move(currencies)},
                      {.name = "amount", .values = std::move(amounts)},
                      {.name = "amount_" + lower_case(world.scenario().money.accounting().code()),
                       .values = std::move(converted_amounts)}}};
}

}  // namespace chokepoint::sim
