#include "cli/market_words.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "analysis/facts/fact_dates.hpp"
#include "models/calendar/iso_date.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::cli {
namespace {

/// "5 dealers", "1 dealer", or nothing where there are none; after a comma if it is not the first.
void count_agents(std::string& text, std::int64_t count, std::string_view kind) {
  if (count == 0) return;
  if (count == 1) kind.remove_suffix(1);
  text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, kind);
}

template <class Cohorts, class Condition>
std::int64_t agents_in(std::size_t region, const Cohorts& cohorts, const Condition& condition) {
  std::int64_t count = 0;
  for (const auto& cohort : cohorts)
    if (cohort.region == region && condition(cohort)) count += cohort.count;
  return count;
}

std::string region_words(const sim::MarketSpec& market, std::size_t index) {
  const auto all = [](const auto&) { return true; };
  const sim::MarketRegion& region = market.regions[index];
  std::string agents;
  count_agents(agents, agents_in(index, market.dealers, all), "dealers");
  count_agents(agents, agents_in(index, market.buyers, [](const auto& cohort) { return !cohort.lets; }), "buyers");
  count_agents(agents, agents_in(index, market.buyers, [](const auto& cohort) { return cohort.lets.has_value(); }),
               "lessors");
  count_agents(agents, agents_in(index, market.speculators, all), "speculators");
  std::string text = fmt::format("  Region \"{}\": {}, money in {}.\n", region.name, agents.empty() ? "nobody" : agents,
                                 region.currency.code());
  for (const sim::ImporterCohort& importers : market.importers)
    if (importers.region == index)
      text += fmt::format(
          "    Importers \"{}\" from {}, {}: {:.4g} million {}.\n", importers.name, market.regions[importers.from].name,
          importers.grey ? "past rules of export" : "within the law", importers.capital / 1e6, region.currency.code());
  return text;
}

std::string product_words(const sim::MarketSpec& market, const sim::MarketProduct& product) {
  const auto date_of = [&](double day) {
    return models::format_date(market.first_day + std::chrono::days(static_cast<int>(day)));
  };
  std::string text = fmt::format("  {}, {}: ", product.name, product.form);
  if (product.respin)
    text += fmt::format("a variant of {}, on sale {} days after \"{}\" is announced",
                        market.products[product.respin->of].name, product.respin->days, product.respin->after);
  else
    text += fmt::format("on sale from {} on", date_of(static_cast<double>(product.launch_day)));
  if (product.ramp)
    text +=
        fmt::format("; its making is learnt from {} to {}", date_of(product.ramp->from), date_of(product.ramp->until));
  return text + ".\n";
}

std::string maker_words(const sim::MarketSpec& market, std::size_t maker) {
  std::vector<std::string> names;
  for (const sim::MarketProduct& product : market.products)
    if (product.maker == maker && std::ranges::find(names, product.name) == names.end()) names.push_back(product.name);
  const std::string who = maker == 0 ? "The foundry" : fmt::format("\"{}\"", market.other_makers[maker - 1].name);
  return fmt::format("  {} makes {}; goods take {} days.\n", who,
                     names.empty() ? "nothing" : fmt::format("{}", fmt::join(names, ", ")),
                     market.foundry_of(maker).cycle_days);
}

std::string chance_text(double chance) {
  return fmt::format("{:.3g} %", 100.0 * chance);
}

/// With its place in the list, by which settings reach it.
std::string shock_words(const sim::Scenario& scenario, std::size_t place) {
  const sim::MarketSpec& market = *scenario.market;
  const sim::ShockSpec& shock = market.shocks[place];
  std::string text =
      fmt::format("  {}: \"{}\", {}", place, shock.name, sim::shock_kind_names()[static_cast<std::size_t>(shock.kind)]);
  if (!shock.about.empty()) text += fmt::format(" about \"{}\"", shock.about);
  if (shock.chance < 1.0) text += fmt::format(" with a chance of {}", chance_text(shock.chance));
  const auto run = analysis::run_days(scenario);
  text += fmt::format(": announced {}{}", models::format_date(shock.announced),
                      run && shock.announced > run->last ? ", which is after the end" : "");
  if (shock.kind != sim::ShockKind::rumour)
    text += fmt::format(", in force from {}", models::format_date(shock.effective));
  if (shock.brought_forward)
    text += fmt::format(" (brought forward to {}, chance {})", models::format_date(shock.forward_to),
                        chance_text(shock.brought_forward->chance));
  if (shock.end)
    text += fmt::format(", until {}{}", models::format_date(*shock.end),
                        *shock.end <= market.first_day ? ", which is before the start" : "");
  if (shock.withdrawn)
    text += fmt::format("; {} withdrawn {}", chance_text(shock.withdrawn->chance),
                        models::format_date(shock.withdrawn->known));
  return text + ".\n";
}

}  // namespace

std::string market_words(const sim::Scenario& scenario) {
  const sim::MarketSpec& market = *scenario.market;
  std::string text = "Market, once a day.\n";
  for (std::size_t r = 0; r < market.regions.size(); ++r) text += region_words(market, r);
  for (const sim::MarketProduct& product : market.products) text += product_words(market, product);
  for (std::size_t maker = 0; maker <= market.other_makers.size(); ++maker) text += maker_words(market, maker);
  if (!market.shocks.empty()) text += "Shocks, by their place in /market/shocks:\n";
  for (std::size_t i = 0; i < market.shocks.size(); ++i) text += shock_words(scenario, i);
  return text;
}

}  // namespace chokepoint::cli
