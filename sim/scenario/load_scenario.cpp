#include "sim/scenario/load_scenario.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/power/server_power_line.hpp"
#include "sim/calendar/time_zone_database.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/input/near_name.hpp"
#include "sim/input/schema_writer.hpp"
#include "sim/market/market_spec.hpp"
#include "sim/market/shock_check.hpp"
#include "sim/record/duration_words.hpp"
#include "sim/scenario/ensemble.hpp"
#include "sim/scenario/scenario_document.hpp"
#include "sim/scenario/scenario_fields.hpp"
#include "sim/scenario/server_generations.hpp"
#include "sim/scenario/tenant_map.hpp"

namespace chokepoint::sim {
namespace {

/// Turns fields into a scenario and gathers what only shows then: names between parts, files, currencies.
class Resolver {
 public:
  Resolver(const ScenarioDocument& document, const ScenarioFields& fields) : document_(document), fields_(fields) {}

  Scenario resolve() {
    scenario_.name = fields_.name;
    scenario_.title = fields_.title.empty() ? fields_.name : fields_.title;
    scenario_.description = fields_.description;
    scenario_.seed = static_cast<std::uint64_t>(fields_.seed);
    scenario_.run_in_s = std::round(fields_.run_in_s);
    scenario_.series_step_s = fields_.series_step_s;
    scenario_.printed_case = fields_.printed_case;
    resolve_dates();
    resolve_money();
    if (fields_.market) resolve_market(*fields_.market);
    for (std::size_t i = 0; i < fields_.fleets.size(); ++i) resolve_fleet(i);
    for (std::size_t i = 0; i < fields_.sites.size(); ++i) resolve_site(i);
    check_end();
    check_series();
    throw_if_any(std::move(faults_));
    return std::move(scenario_);
  }

 private:
  void refuse(const std::string& pointer, std::string expected, std::string found, std::string hint = {}) {
    faults_.push_back({.file = document_.file_of(pointer),
                       .where = pointer,
                       .expected = std::move(expected),
                       .found = std::move(found),
                       .hint = std::move(hint)});
  }

  /// Does `part`, and keeps the faults of files that it reads.
  template <class Part>
  void gather(const Part& part) {
    gather_faults(faults_, part);
  }

  void resolve_dates() {
    if (!fields_.sites.empty()) scenario_.zone = load_time_zone(fields_.sites.front().time_zone);
    const models::TimeZone& zone = scenario_.zone;
    scenario_.start = fields_.start.at(zone);
    if (fields_.end) scenario_.end = fields_.end->at(zone);
    if (fields_.duration_s)
      scenario_.end = scenario_.start + std::chrono::seconds(static_cast<std::int64_t>(std::ceil(*fields_.duration_s)));
  }

  void resolve_money() {
    scenario_.money = models::ExchangeRates(fields_.currency);
    for (const auto& [code, rates] : fields_.exchange_rates) {
      std::vector<models::ExchangeRates::Dated> dated;
      for (const ScenarioFields::DatedRate& rate : rates)
        dated.push_back({.from = rate.from.at(models::TimeZone{}), .rate = rate.rate.value});
      scenario_.money.set(*models::find_currency(code), std::move(dated));
    }
  }

  void need_currency(const std::string& pointer, models::Currency currency) {
    if (!scenario_.money.knows(currency))
      refuse(pointer,
             fmt::format("money in {} or in a currency of /exchange_rates", scenario_.money.accounting().code()),
             "money in " + currency.code());
  }

  void resolve_fleet(std::size_t index) {
    const FleetFields& fields = fields_.fleets[index];
    const std::string pointer = fmt::format("/fleets/{}", index);
    FleetSpec fleet{.name = fields.name,
                    .rated_power = fields.rated_power,
                    .gpu_power_cap_w = fields.gpu_power_cap_w,
                    .scheduler = fields.scheduler,
                    .restart_s = fields.restart_s,
                    .placement = fields.placement,
                    .fabric = fields.fabric,
                    .shares_network = fields.shares_network,
                    .communication_share = fields.communication_share,
                    .failures = fields.failures,
                    .checkpoints = fields.checkpoints,
                    .spare_nodes = static_cast<std::uint32_t>(fields.spare_nodes),
                    .terms = fields.terms,
                    .shares = fields.shares};
    find_site(fields, pointer, fleet);
    std::vector<ServerGeneration> generations = generations_of(fields);
    fleet.server = std::move(generations.front().server);
    fleet.speed = generations.front().speed;
    fleet.server_price = generations.front().server_price;
    if (fields.tenants.empty())
      fleet.tenants.push_back({.name = everybody, .nodes = static_cast<std::uint32_t>(generations.front().nodes)});
    for (const auto& [name, nodes] : fields.tenants)
      fleet.tenants.push_back({.name = name, .nodes = static_cast<std::uint32_t>(nodes)});
    fleet.further.assign(std::make_move_iterator(std::next(generations.begin())),
                         std::make_move_iterator(generations.end()));
    for (const ServerGeneration& generation : fleet.generations())
      if (generation.server_price) need_currency(pointer + "/server_price", generation.server_price->currency);
    check_generations(fields, pointer, fleet);
    refuse_unshared(pointer, fleet);
    for (std::size_t i = 0; i < fields.works.size(); ++i)
      resolve_work(fields.works[i], pointer + "/workload" + (fields.works_listed ? fmt::format("/{}", i) : ""), fleet);
    for (const auto& [name, priority] : fields.priorities)
      fleet.priorities.emplace(name, static_cast<std::int32_t>(priority));
    refuse_unknown_owners(pointer, fleet);
    refuse_unknown_state(pointer, fleet);
    scenario_.fleets.push_back(std::move(fleet));
  }

  /// What says nothing of nodes, or takes the speed of jobs for one, goes with no shared network.
  void refuse_unshared(const std::string& pointer, const FleetSpec& fleet) {
    if (!fleet.shares_network) return;
    if (fleet.placement == "pooled")
      refuse(pointer + "/placement", "a placement that gives jobs nodes, where \"network\" is \"flow\"", "\"pooled\"");
    if (fleet.scheduler == "srtf")
      refuse(pointer + "/scheduler", "one that plans with dates of ends, where \"network\" is \"flow\"", "\"srtf\"");
    if (!fleet.further.empty())
      refuse(pointer + "/network", "\"none\", since the fleet has several types of servers", "\"flow\"");
  }

  void check_generations(const FleetFields& fields, const std::string& pointer, const FleetSpec& fleet) {
    if (!fleet.further.empty() && models::make_scheduler(fleet.scheduler)->keeps_plan())
      refuse(pointer + "/scheduler", "a scheduler that makes no plan, since the fleet has several types of servers",
             '"' + fleet.scheduler + '"');
    if (!fields.gpu_power_cap_w) return;
    const std::string cap = pointer + "/gpu_power_cap";
    if (fields.rated_power) return refuse(cap, "no cap where servers draw their rated power", "one");
    for (const ServerGeneration& generation : fleet.generations()) {
      const models::Accelerator& gpu = generation.server.accelerator;
      if (!gpu.tdp_w) {
        refuse(cap, "GPUs whose TDP the catalogue knows", gpu.name);
      } else if (generation.most_intensity(fields.gpu_power_cap_w) <= 0.0) {
        refuse(cap, fmt::format("more than the {:.4g} W that {} draws idle", idle_gpu_w(gpu), gpu.name),
               fmt::format("{:.4g} W", *fields.gpu_power_cap_w));
      }
    }
  }

  /// Priorities and shares are of owners that a work of the fleet names, or of works.
  void refuse_unknown_owners(const std::string& pointer, const FleetSpec& fleet) {
    if (fleet.priorities.empty() && fleet.shares.of.empty()) return;
    std::vector<std::string> names;
    for (const NamedWork& work : fleet.works) {
      auto owners = work.work->owner_names();
      if (owners.empty()) owners.push_back(work.name);
      names.insert(names.end(), owners.begin(), owners.end());
    }
    const auto check = [&](const char* key, const std::string& name) {
      if (std::ranges::find(names, name) != names.end()) return;
      refuse(fmt::format("{}/{}/{}", pointer, key, name),
             "an owner or tenant of jobs of the fleet, or one of its works", '"' + name + '"',
             near_name_hint(name, names));
    };
    for (const auto& [name, priority] : fleet.priorities) check("priorities", name);
    for (const auto& [name, share] : fleet.shares.of) check("shares", name);
  }

  /// Runs of training know what their checkpoints hold; for other jobs the fleet has to say it.
  void refuse_unknown_state(const std::string& pointer, const FleetSpec& fleet) {
    if (!fleet.checkpoints || fleet.checkpoints->write_s || fleet.checkpoints->gpu_bytes) return;
    for (const NamedWork& named : fleet.works)
      if (!named.work->knows_its_state())
        return refuse(pointer + "/checkpoints",
                      "either the key \"write\" or the key \"gpu_state\", since not all jobs are training runs",
                      "neither");
  }

  void resolve_market(MarketSpec market) {
    check_market_shocks(market);
    for (std::size_t i = 0; i < market.importers.size(); ++i)
      for (const std::size_t region : {market.importers[i].from, market.importers[i].region})
        need_currency(fmt::format("/market/importers/{}", i), market.regions[region].currency);
    market.money = scenario_.money;
    scenario_.market = std::make_shared<const MarketSpec>(std::move(market));
  }

  void check_market_shocks(const MarketSpec& market) {
    ShockSurroundings known;
    for (const MarketRegion& region : market.regions) known.regions.push_back(region.name);
    for (const MarketProduct& product : market.products)
      known.products.push_back({.name = product.name, .accelerator = product.accelerator});
    check_shocks(market.shocks, known,
                 [this](const std::string& place, std::string expected, std::string found, std::string hint) {
                   refuse("/market/shocks" + place, std::move(expected), std::move(found), std::move(hint));
                 });
  }

  void find_site(const FleetFields& fields, const std::string& pointer, FleetSpec& fleet) {
    if (fields.site.empty() && fields_.sites.size() == 1) return;
    std::vector<std::string> names;
    for (const SiteFields& site : fields_.sites) names.push_back(site.name);
    const auto found = std::ranges::find(names, fields.site);
    if (found == names.end()) {
      refuse(pointer + (fields.site.empty() ? "" : "/site"),
             fmt::format("the \"site\" of the fleet, one of {}", fmt::join(names, ", ")),
             fields.site.empty() ? "none" : '"' + fields.site + '"', near_name_hint(fields.site, names));
      return;
    }
    fleet.site = static_cast<std::size_t>(found - names.begin());
  }

  void resolve_work(const FleetFields::WorkFields& fields, const std::string& pointer, FleetSpec& fleet) {
    // Work must fit into what the spares leave.
    FleetSpec serving = fleet;
    if (fleet.spare_nodes > 0) serving.tenants.front().nodes -= fleet.spare_nodes;
    gather([&] {
      fields.work->resolve(
          {.fleet = serving,
           .length_s = scenario_.end ? std::optional(length_of_run_s()) : std::nullopt,
           .folder_of = [&](const std::string& key) { return document_.folder_of(pointer + '/' + key); },
           .refuse =
               [&](const std::string& key, std::string expected, std::string found) {
                 refuse(key.empty() ? pointer : pointer + '/' + key, std::move(expected), std::move(found));
               },
           .start = scenario_.start,
           .zone = load_time_zone(fields_.sites[fleet.site].time_zone),
           .faults = faults_});
    });
    fleet.works.push_back({.name = fields.name, .work = fields.work});
  }

  void resolve_site(std::size_t index) {
    const SiteFields& fields = fields_.sites[index];
    const std::string pointer = fmt::format("/sites/{}", index);
    SiteSpec site{.name = fields.name,
                  .zone = load_time_zone(fields.time_zone),
                  .it_load_w = fields.it_load_w,
                  .facility_load_w = fields.facility_load_w,
                  .limit_w = fields.limit_w,
                  .curtailments = fields.curtailments,
                  .shed = fields.shed,
                  .billing = fields.billing,
                  .carbon_kg_per_j = fields.carbon_kg_per_j};
    resolve_cooling(fields, pointer, index, site);
    if (fields.tariff)
      gather([&] {
        site.tariff = resolve_tariff(*fields.tariff, document_.folder_of(pointer + "/tariff"));
        need_currency(pointer + "/tariff", site.tariff->currency);
      });
    for (std::size_t fleet = 0; fleet < scenario_.fleets.size(); ++fleet)
      if (!fields.tariff && scenario_.fleets[fleet].site == index &&
          scenario_.fleets[fleet].scheduler == "tariff-aware")
        refuse(fmt::format("/fleets/{}/scheduler", fleet), "a site with a \"tariff\", whose prices it heeds",
               fmt::format("the site \"{}\" without one", fields.name));
    scenario_.sites.push_back(std::move(site));
  }

  void resolve_cooling(const SiteFields& fields, const std::string& pointer, std::size_t index, SiteSpec& site) {
    double it_capacity_w = fields.it_load_w;
    for (const FleetSpec& fleet : scenario_.fleets)
      if (fleet.site == index)
        for (const ServerGeneration& generation : fleet.generations())
          it_capacity_w += static_cast<double>(generation.nodes) * generation.server.rated_power_w;
    if (const auto* ratio = std::get_if<double>(&fields.pue)) {
      site.pue = models::Pue(models::ConstantPue{*ratio});
    } else {
      const auto* name = std::get_if<std::string>(&fields.pue);
      const Cooling& cooling = name != nullptr ? catalogue().cooling.at(*name).value : std::get<Cooling>(fields.pue);
      if (it_capacity_w > 0.0) {
        site.pue = cooling.pue(it_capacity_w);
      } else {
        refuse(pointer + "/pue", "computers to cool, where PUE follows load", "a site without fleets and IT load");
      }
    }
    if (fields.climate) {
      const auto* name = std::get_if<std::string>(&*fields.climate);
      site.climate =
          name != nullptr ? catalogue().climates.at(*name).value : std::get<models::WetBulbClimate>(*fields.climate);
    }
    if (site.pue.depends_on_weather() && !site.climate)
      refuse(pointer, "a \"climate\", since the PUE follows the weather", "none");
  }

  /// Without an end, all work must end by itself.
  void check_end() {
    if (scenario_.end) return;
    if (scenario_.market) refuse("/", "an \"end\" or a \"duration\"", "neither, and a market, which goes on");
    for (const FleetSpec& fleet : scenario_.fleets)
      if (fleet.failures && fleet.failures->on && !fleet.checkpoints)
        refuse("/", "an \"end\" or a \"duration\"",
               "neither, and failures that undo all of a job, without checkpoints");
    bool ends = !scenario_.fleets.empty();
    for (const FleetSpec& fleet : scenario_.fleets) {
      ends = ends && !fleet.works.empty();
      for (const NamedWork& named : fleet.works) ends = ends && named.work->ends_by_itself();
    }
    if (!ends && !scenario_.market)
      refuse("/", "an \"end\" or a \"duration\"", "neither, and nothing that ends by itself");
    // Work that the limit never admits would wait for better weather for ever.
    for (const SiteSpec& site : scenario_.sites)
      if (site.limit_w && site.pue.depends_on_weather())
        refuse("/", "an \"end\" or a \"duration\"", "neither, and a limit that changes with the weather");
  }

  [[nodiscard]] double length_of_run_s() const {
    return static_cast<double>((*scenario_.end - scenario_.start).count());
  }

  void check_series() {
    if (!scenario_.end) return;
    const double length_s = length_of_run_s();
    if (scenario_.run_in_s >= length_s && length_s > 0.0)
      refuse("/run_in", "less than the run, " + duration_words(length_s), duration_words(scenario_.run_in_s));
    const double steps = length_s / scenario_.series_step_s;
    if (steps > most_series_steps)
      refuse("/series_step", fmt::format("at most {:.0f} steps of the series from start to end", most_series_steps),
             fmt::format("{:.0f}", steps));
  }

  static constexpr double most_series_steps = 1e7;

  const ScenarioDocument& document_;
  const ScenarioFields& fields_;
  Scenario scenario_;
  std::vector<Fault> faults_;
};

}  // namespace

ScenarioDocument load_document(const std::filesystem::path& path, const std::vector<GivenSettings>& given,
                               const JsonLoader& load) {
  ScenarioDocument document(path, load);
  std::vector<Fault> faults;
  for (const GivenSettings& settings : given)
    for (const std::string& text : settings.texts)
      gather_faults(faults, [&] { document.set(parse_setting(text, settings.source)); });
  if (!faults.empty()) gather_faults(faults, [&] { load_scenario(document); });
  throw_if_any(std::move(faults));
  return document;
}

Scenario load_scenario(const std::filesystem::path& path, const std::vector<std::string>& settings,
                       const JsonLoader& load) {
  return load_scenario(load_document(path, {{settings}}, load));
}

Scenario load_scenario(const ScenarioDocument& document) {
  if (const auto ensemble = ensemble_of(document)) {
    ScenarioDocument best = document;
    apply(best, *ensemble, ensemble->best);
    return load_scenario(best);
  }
  ScenarioFields fields;
  JsonReader reader(document.root(), [&document](const std::string& pointer) { return document.file_of(pointer); });
  visit(reader, fields);
  throw_if_any(reader.take_faults());
  return Resolver(document, fields).resolve();
}

Json scenario_schema() {
  SchemaWriter writer;
  ScenarioFields fields;
  visit(writer, fields);
  Json schema = writer.schema();
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["title"] = "Chokepoint scenario";
  schema["properties"]["extends"] = {{"description", "file that this one is laid over (RFC 7386), relative to it"},
                                     {"type", "string"}};
  return schema;
}

}  // namespace chokepoint::sim
