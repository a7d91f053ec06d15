#include "cli/scenario_words.hpp"

#include <fmt/format.h>

#include "cli/market_words.hpp"
#include "models/calendar/iso_date.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/record/duration_words.hpp"
#include "sim/tariff/tariff_catalogue.hpp"

namespace chokepoint::cli {
namespace {

std::string power_text(double watts) {
  if (watts >= 1e6) return fmt::format("{:.4g} MW", watts / 1e6);
  if (watts >= 1e3) return fmt::format("{:.4g} kW", watts / 1e3);
  return fmt::format("{:.4g} W", watts);
}

std::string moment_text(models::LocalTime local) {
  std::string text = models::format_date_time(local);
  return text.ends_with("T00:00:00") ? text.substr(0, 10) : text;
}

std::string basis(const sim::Provenance& provenance) {
  return fmt::format("{}, {}; {}", provenance.source, provenance.date, sim::confidence_name(provenance.confidence));
}

std::string when(const sim::Scenario& scenario) {
  const models::TimeZone& zone = scenario.zone;
  const std::string start = moment_text(zone.to_local(scenario.start));
  if (!scenario.end) return fmt::format("From {} ({} time) until all work is done", start, zone.name());
  const auto length_s = static_cast<double>((*scenario.end - scenario.start).count());
  return fmt::format("From {} to {} ({} time), {}", start, moment_text(zone.to_local(*scenario.end)), zone.name(),
                     sim::duration_words(length_s));
}

std::string tariff_words(const models::Tariff& tariff) {
  const auto* entry = sim::catalogue_tariffs().find(tariff.name);
  if (entry == nullptr)
    return fmt::format("Electricity is billed in {} by a tariff of the scenario's own{}.", tariff.currency.code(),
                       tariff.name.empty() ? "" : " (" + tariff.name + ")");
  const sim::Provenance& known = entry->provenance;
  return fmt::format("Electricity is billed in {}: {} ({}, {}; {}).", tariff.currency.code(), known.about, known.source,
                     known.date, sim::confidence_name(known.confidence));
}

std::string site_words(const sim::SiteSpec& site) {
  std::string text = fmt::format("Site \"{}\", on the clock of {}.\n", site.name, site.zone.name());
  if (site.facility_load_w > 0.0)
    text += fmt::format("  It draws {} at the meter around the clock, cooling counted in.\n",
                        power_text(site.facility_load_w));
  if (site.it_load_w > 0.0)
    text += fmt::format("  Computers beside the fleets draw {} around the clock.\n", power_text(site.it_load_w));
  const double share_w = 1e6;
  text += site.pue.depends_on_weather() ? std::string("  Cooling and losses follow load and weather.\n")
                                        : fmt::format("  Each watt of computers draws {:.4g} W at the meter.\n",
                                                      site.pue.facility_power_w(share_w, 0.0) / share_w);
  if (site.limit_w) text += fmt::format("  It may draw at most {}.\n", power_text(*site.limit_w));
  for (const sim::SiteSpec::Window& window : site.curtailments)
    text += fmt::format("  From {} to {} it may draw at most {}.\n", moment_text(window.from.local),
                        moment_text(window.until.local), power_text(window.limit_w));
  if (site.limit_w || !site.curtailments.empty()) {
    static constexpr const char* policies[] = {"no more jobs start", "all jobs slow down",
                                               "the jobs started last are suspended"};
    text += fmt::format("  Where power is short, {}.\n", policies[static_cast<std::size_t>(site.shed)]);
  }
  if (site.tariff) text += "  " + tariff_words(*site.tariff) + "\n";
  if (site.carbon_kg_per_j > 0.0)
    text += fmt::format("  A kilowatt-hour stands for {:.4g} kg of CO2.\n", site.carbon_kg_per_j * 3.6e6);
  return text;
}

std::string works_words(const sim::FleetSpec& fleet) {
  if (fleet.works.empty()) return "  Work: none; the servers stand idle.\n";
  std::string text;
  for (const sim::NamedWork& named : fleet.works)
    text += fmt::format("  Work{}: {}.\n", named.name.empty() ? "" : fmt::format(" \"{}\"", named.name),
                        named.work->words(fleet));
  return text;
}

std::string failure_words(const sim::FleetSpec& fleet) {
  std::string text;
  if (fleet.failures) {
    const sim::FailureSpec& failures = *fleet.failures;
    const models::FailureRate rate = failures.table.rate();
    if (!failures.on) {
      text += "  No node fails: failures are off.\n";
    } else {
      text += fmt::format("  Nodes at work fail {:.3g} times in 1000 node-days of 8 GPUs ({})", rate.per_1000_node_days,
                          failures.table.about);
      if (rate.extra_per_1000_node_days > 0.0)
        text += fmt::format(", and jobs {:.3g} times more from causes of their own, which count {:.4g} nodes at most",
                            rate.extra_per_1000_node_days, rate.extra_up_to_nodes);
      text += fmt::format(".\n  Repair takes {} on average, a restart {} beside its checkpoint.\n",
                          sim::duration_words(failures.repair_s),
                          sim::duration_words(failures.detection_s + failures.start_s));
      if (failures.lemon_share > 0.0)
        text += fmt::format("  {:.3g} % of the nodes are lemons that fail {:.3g} times as often{}.\n",
                            100.0 * failures.lemon_share, failures.lemon_multiple,
                            failures.replaced_after > 0
                                ? fmt::format(", until they are replaced after {} failures", failures.replaced_after)
                                : "");
    }
  }
  if (fleet.spare_nodes > 0)
    text +=
        fmt::format("  {} of the nodes are spares: they take no work until another one fails.\n", fleet.spare_nodes);
  if (fleet.checkpoints) {
    using Interval = models::CheckpointPolicy::Interval;
    const models::CheckpointPolicy& policy = *fleet.checkpoints;
    text += "  Jobs write a checkpoint " + (policy.interval == Interval::given
                                                ? "every " + sim::duration_words(policy.given_interval_s)
                                                : fmt::format("at the interval of {} for their own failures",
                                                              policy.interval == Interval::daly ? "Daly" : "Young"));
    text += policy.write_s     ? fmt::format(", which takes {}.\n", sim::duration_words(*policy.write_s))
            : policy.gpu_bytes ? fmt::format(" of {:.3g} GB a GPU.\n", *policy.gpu_bytes / 1e9)
                               : std::string(" of their weights and the state of their optimizer.\n");
  } else if (fleet.failures && fleet.failures->on) {
    text += "  Jobs write no checkpoints: a failure undoes all of a job.\n";
  }
  return text;
}

template <class Numbers>
std::string list_of(const Numbers& numbers) {
  std::vector<std::string> parts;
  for (const auto& [name, number] : numbers) parts.push_back(fmt::format("{} {}", name, number));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// What the scheduler is told beside its name.
std::string policy_words(const sim::FleetSpec& fleet) {
  std::string text;
  if (!fleet.priorities.empty()) text += fmt::format("  Priorities: {}; others 0.\n", list_of(fleet.priorities));
  if (fleet.scheduler == "fair-share")
    text += fmt::format("  Shares among {}: {}; what one has had counts half after {}.\n",
                        fleet.shares.among_tenants ? "tenants" : "users",
                        fleet.shares.of.empty() ? "equal" : list_of(fleet.shares.of) + ", others 1",
                        sim::duration_words(fleet.shares.half_life_s));
  if (fleet.scheduler == "tariff-aware")
    text += fmt::format("  A job waits up to {} for energy that is cheaper by more than {:.3g} %.\n",
                        sim::duration_words(fleet.terms.patience_s), 100.0 * fleet.terms.least_saving);
  return text;
}

std::string network_words(const sim::FleetSpec& fleet) {
  if (!fleet.shares_network) return "";
  if (fleet.fabric.oversubscription <= 1.0)
    return "  Jobs share a network that never blocks: none waits for another.\n";
  return fmt::format(
      "  Jobs on several leaves of {} nodes share their cables, {:.3g} of what the nodes could send; a job "
      "communicates "
      "{:.3g} % of its time if it does not say.\n",
      fleet.fabric.nodes_per_leaf, 1.0 / fleet.fabric.oversubscription, 100.0 * fleet.communication_share);
}

std::string generation_words(const sim::FleetSpec& fleet, const sim::ServerGeneration& generation) {
  const models::Server& server = generation.server;
  const auto* entry = sim::catalogue().servers.find(server.name);
  const auto nodes = static_cast<double>(generation.nodes);
  std::string text;
  if (entry != nullptr) text += fmt::format("  {} ({}).\n", entry->provenance.about, basis(entry->provenance));
  if (fleet.rated_power) {
    text += fmt::format("  A server draws its rated {} whenever it is on.\n", power_text(server.rated_power_w));
  } else {
    text += fmt::format("  A server draws {} idle and {} computing; all together {} computing.\n",
                        power_text(server.power.server_w(models::PowerState::idle)),
                        power_text(server.power.server_w(models::PowerState::computing)),
                        power_text(server.power.server_w(models::PowerState::computing) * nodes));
  }
  const double share = generation.most_intensity(fleet.gpu_power_cap_w);
  if (share < 1.0)
    text += fmt::format(
        "  Capped at {:.4g} W a GPU, work there draws {:.0f} % of what it adds and runs at {:.0f} % speed.\n",
        *fleet.gpu_power_cap_w, 100.0 * share, 100.0 * models::PowerCap{}.speed(share));
  if (generation.server_price)
    text += fmt::format("  A server costs {:.0f} {}, the fleet {:.4g} million.\n", generation.server_price->value,
                        generation.server_price->currency.code(), generation.server_price->value * nodes / 1e6);
  return text;
}

std::string fleet_words(const sim::Scenario& scenario, const sim::FleetSpec& fleet) {
  const models::Server& server = fleet.server;
  const std::string name = fmt::format("Fleet \"{}\" at \"{}\": ", fleet.name, scenario.sites[fleet.site].name);
  const std::vector<sim::ServerGeneration> generations = fleet.generations();
  std::string text;
  if (generations.size() == 1) {
    text = fmt::format("{}{} servers {}, {} GPUs of type {}.\n", name, fleet.nodes(), server.name, fleet.gpus(),
                       server.accelerator.name) +
           generation_words(fleet, generations.front());
  } else {
    text = fmt::format("{}{} servers of {} types, {} GPUs. A job tries them in this order.\n", name, fleet.nodes(),
                       generations.size(), fleet.gpus());
    for (const sim::ServerGeneration& generation : generations)
      text +=
          fmt::format("  {} servers {}, {} GPUs of type {}, at {:.3g} times the speed that durations are told for.\n",
                      generation.nodes, generation.server.name, generation.gpus(), generation.server.accelerator.name,
                      generation.speed) +
          generation_words(fleet, generation);
  }
  if (fleet.tenants.size() > 1) text += fmt::format("  {} tenants have nodes of their own.\n", fleet.tenants.size());
  text += fmt::format("  Jobs go by {} and are placed by {}{}.\n", fleet.scheduler, fleet.placement,
                      fleet.placement == "topology"
                          ? fmt::format(", {} nodes to a leaf switch", fleet.fabric.nodes_per_leaf)
                          : std::string());
  text += network_words(fleet) + policy_words(fleet) + failure_words(fleet);
  return text + works_words(fleet);
}

std::string assumed(const sim::Scenario& scenario) {
  std::string text;
  for (const sim::SiteSpec& site : scenario.sites) {
    if (!site.tariff) text += fmt::format("  Electricity at \"{}\" costs nothing.\n", site.name);
    if (site.carbon_kg_per_j == 0.0) text += fmt::format("  Carbon at \"{}\" is not counted.\n", site.name);
    if (!site.limit_w && site.curtailments.empty()) text += fmt::format("  \"{}\" may draw any power.\n", site.name);
  }
  for (const sim::FleetSpec& fleet : scenario.fleets)
    for (const sim::ServerGeneration& generation : fleet.generations())
      if (!generation.server_price)
        text += fmt::format("  The price of the servers{} of \"{}\" is not known.\n",
                            fleet.further.empty() ? "" : ' ' + generation.server.name, fleet.name);
  return text.empty() ? text : "Taken for granted:\n" + text;
}

}  // namespace

std::string scenario_words(const sim::Scenario& scenario) {
  std::string text = scenario.title + "\n";
  if (!scenario.description.empty()) text += scenario.description + "\n";
  text +=
      fmt::format("\n{}; money in {}, seed {}.\n", when(scenario), scenario.money.accounting().code(), scenario.seed);
  if (scenario.run_in_s > 0.0)
    text += fmt::format("The first {} are simulated and not counted.\n", sim::duration_words(scenario.run_in_s));
  for (const sim::SiteSpec& site : scenario.sites) text += "\n" + site_words(site);
  for (const sim::FleetSpec& fleet : scenario.fleets) text += "\n" + fleet_words(scenario, fleet);
  if (scenario.market) text += "\n" + market_words(scenario);
  const std::string rest = assumed(scenario);
  return rest.empty() ? text : text + "\n" + rest;
}

}  // namespace chokepoint::cli
