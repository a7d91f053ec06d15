#include "analysis/training/run_bill.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "sim/input/fault.hpp"

namespace chokepoint::analysis {
namespace {
constexpr double longest_s = 100.0 * 365.25 * 86400.0;
}

models::Bill bill_of(const SteadyLoad& load, const models::Tariff& tariff, const models::TimeZone& zone) {
  if (load.duration_s > longest_s)
    throw sim::InputError(sim::Fault{.file = {},
                                     .where = "tariff",
                                     .expected = "a run of at most a hundred years to bill",
                                     .found = fmt::format("{:.0f} years", load.duration_s / longest_s * 100.0)});
  models::LoadSeries series{.start = load.start, .step = models::metering_step(tariff)};
  const auto step_s = static_cast<double>(series.step.count());
  const double whole = std::floor(load.duration_s / step_s);
  series.power_w.assign(static_cast<std::size_t>(whole), load.power_w);
  const double rest = load.duration_s / step_s - whole;
  if (rest > 0.0) series.power_w.push_back(rest * load.power_w);

  const models::BillingOptions options{};
  std::vector<sim::Fault> faults;
  for (const models::BillingRefusal& refusal : models::billing_refusals(tariff, series, zone, options))
    faults.push_back({.file = {}, .where = "tariff", .expected = refusal.expected, .found = refusal.found});
  sim::throw_if_any(std::move(faults));
  return models::make_bill(tariff, series, zone, options);
}

}  // namespace chokepoint::analysis
