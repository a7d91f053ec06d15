#include "sim/scenario/scenario_fields.hpp"

#include <array>
#include <set>

#include <fmt/format.h>

#include "sim/market/market_fields.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {
namespace {

constexpr double longest_run_s = 100.0 * 365.25 * 86400.0;

void visit_currency(FieldVisitor& v, models::Currency& currency) {
  std::string code = currency.code();
  if (!v.sound([&] { v.text(code); })) return;
  if (const auto found = models::find_currency(code)) {
    currency = *found;
  } else {
    v.refuse("the code of a currency, such as \"CNY\"", '"' + code + '"');
  }
}

void visit_rate(FieldVisitor& v, Price& rate, const std::optional<models::Currency>& accounting) {
  const bool read = v.sound([&] { v.price(rate, models::dimension::money, Range::positive()); });
  if (read && rate.value > 0.0 && accounting && rate.currency != *accounting)
    v.refuse("an amount in the accounting currency " + accounting->code(), "one in " + rate.currency.code());
}

void visit_rates(FieldVisitor& v, std::vector<ScenarioFields::DatedRate>& rates,
                 const std::optional<models::Currency>& accounting) {
  const std::array alternatives{
      FieldVisitor::Alternative{"text",
                                [&] {
                                  rates.resize(1);
                                  visit_rate(v, rates[0].rate, accounting);
                                }},
      FieldVisitor::Alternative{
          "list", [&] {
            v.list(rates, 1, [&](ScenarioFields::DatedRate& dated) {
              v.object("a rate from a date on", [&] {
                v.field("from", "first day", required, [&] { v.date(dated.from); });
                v.field("rate", "worth of one unit", required, [&] { visit_rate(v, dated.rate, accounting); });
              });
            });
            if (!std::ranges::is_sorted(rates, {}, [](const auto& dated) { return dated.from.local; }))
              v.refuse("rates in order of date", "a date before the one above it");
          }}};
  v.one_of(alternatives);
}

void visit_case(FieldVisitor& v, CaseSpec& spec) {
  v.object("what was printed about the case that this scenario restates", [&] {
    v.field("id", "the case's name", required, [&] { v.text(spec.id); });
    v.field("source", "where it was printed", required, [&] { v.text(spec.source); });
    v.field("printed", "figures", required, [&] {
      v.list(spec.printed, 1, [&](PrintedFigure& figure) {
        v.object("a figure as printed, and the run's that answers it", [&] {
          v.field("figure", "key of the run's figure", required, [&] { v.text(figure.figure); });
          v.field("printed", "the words of the source; \"-\" where it has none", required,
                  [&] { v.text(figure.printed); });
          v.field_if("value", "the number in the words, in the unit of the figure", figure.value,
                     [&](double& value) { v.number(value, {}); });
          v.field("note", "what to know when the two are compared", optional, [&] { v.text(figure.note); });
        });
      });
    });
  });
}

/// The start must be read, and the end.
void refuse_length(FieldVisitor& v, const ScenarioFields& scenario) {
  const std::string start = models::format_date_time(scenario.start.local);
  const std::string end = models::format_date_time(scenario.end->local);
  const auto length = scenario.end->local - scenario.start.local;
  if (length.count() <= 0) v.refuse("an \"end\" after the \"start\" " + start, end);
  if (static_cast<double>(length.count()) > longest_run_s) v.refuse("at most a hundred years", start + " to " + end);
}

template <class T>
void refuse_equal_names(FieldVisitor& v, const std::vector<T>& entries, std::string_view what) {
  std::set<std::string> names;
  for (const T& entry : entries)
    if (!entry.name.empty() && !names.insert(entry.name).second)
      v.refuse(fmt::format("{} of different names", what), fmt::format("\"{}\" twice", entry.name));
}

}  // namespace

void visit(FieldVisitor& v, ScenarioFields& scenario) {
  v.object("a scenario: a world to simulate", [&] {
    v.field("name", "short name, for files and tables", required, [&] { v.name(scenario.name); });
    v.field("title", "one line for people", optional, [&] { v.text(scenario.title); });
    v.field("description", "what it asks and assumes", optional, [&] { v.text(scenario.description); });
    const bool has_start = v.sound([&] {
      v.field("start", "first moment, on the clock of the first site", required, [&] { v.date(scenario.start); });
    });
    v.field_if("end", "end, on the same clock", scenario.end, [&](models::IsoDate& date) { v.date(date); });
    v.field_if("duration", "length of the run, instead of an end", scenario.duration_s,
               [&](double& value) { v.quantity(value, models::dimension::time, {.low = 1.0, .high = longest_run_s}); });
    if (scenario.end && scenario.duration_s) v.refuse("\"end\" or \"duration\"", "both");
    if (has_start && scenario.end) refuse_length(v, scenario);
    v.field("run_in", "time from the start on that is simulated and not counted", optional,
            [&] { v.quantity(scenario.run_in_s, models::dimension::time, {.low = 0.0, .high = longest_run_s}); });
    v.field("seed", "first seed of all chance", optional, [&] { v.integer(scenario.seed, Range::not_negative()); });
    const bool has_currency = v.sound([&] {
      v.field("currency", "the accounting currency", optional, [&] { visit_currency(v, scenario.currency); });
    });
    v.field("exchange_rates", "worth of one unit of other currencies in the accounting currency", optional, [&] {
      v.map(scenario.exchange_rates, [&](std::vector<ScenarioFields::DatedRate>& rates) {
        visit_rates(v, rates, has_currency ? std::optional(scenario.currency) : std::nullopt);
      });
      for (const auto& [code, rates] : scenario.exchange_rates)
        if (!models::find_currency(code) && code != "name")
          v.refuse("codes of currencies, such as \"CNY\"", '"' + code + '"');
    });
    v.field("series_step", "step of the time series", optional,
            [&] { v.quantity(scenario.series_step_s, models::dimension::time, {.low = 1.0, .high = longest_run_s}); });
    const bool has_sites = v.field("sites", "places with power; needed where there is no market", optional, [&] {
      v.list(scenario.sites, 1);
      refuse_equal_names(v, scenario.sites, "sites");
    });
    v.field("fleets", "servers and their work", optional, [&] {
      v.list(scenario.fleets);
      refuse_equal_names(v, scenario.fleets, "fleets");
    });
    const bool has_market = v.field("market", "who makes, sells, deals in and uses accelerators", optional, [&] {
      scenario.market = std::make_shared<MarketSpec>();
      visit_market(v, *scenario.market, scenario.start);
    });
    if (!has_sites && !has_market) v.refuse("\"sites\" or a \"market\"", "neither");
    v.field("ensemble", "file of sets of parameters that fit facts, from a calibration, relative to this one", optional,
            [&] { v.name(scenario.ensemble); });
    v.field_if("case", "what was printed about it", scenario.printed_case,
               [&](CaseSpec& spec) { visit_case(v, spec); });
  });
}

}  // namespace chokepoint::sim
