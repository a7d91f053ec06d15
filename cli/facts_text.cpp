#include "cli/facts_text.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/aligned_table.hpp"
#include "cli/terminal/short_number.hpp"
#include "cli/wrapped_text.hpp"
#include "models/calendar/iso_date.hpp"

namespace chokepoint::cli {
namespace {

using analysis::FactJudgement;
using analysis::FactStatistic;
using analysis::MarketFact;
using OrderedJson = nlohmann::ordered_json;

/// What the numbers of a fact are.
std::string unit_of(const MarketFact& fact) {
  if (fact.statistic == FactStatistic::percent_change) return "%";
  if (fact.statistic == FactStatistic::ratio) return "times";
  if (fact.kind == analysis::FactKind::lead_time) return "months";
  if (fact.kind == analysis::FactKind::deliveries) return "GPUs";
  return fact.currency->code();
}

OrderedJson to_json(const FactJudgement& judgement) {
  const MarketFact& fact = judgement.fact;
  OrderedJson json{{"id", fact.id},
                   {"target", fact.target},
                   {"product", fact.product},
                   {"kind", analysis::fact_kind_names()[static_cast<std::size_t>(fact.kind)]},
                   {"region", fact.region},
                   {"statistic", analysis::fact_statistic_names()[static_cast<std::size_t>(fact.statistic)]},
                   {"unit", fact.unit},
                   {"currency", nullptr},
                   {"low", fact.low},
                   {"high", fact.high},
                   {"p5", nullptr},
                   {"median", nullptr},
                   {"p95", nullptr},
                   {"met", nullptr},
                   {"runs", judgement.runs},
                   {"missing", nullptr}};
  if (fact.currency) json["currency"] = fact.currency->code();
  if (judgement.band) {
    json["p5"] = judgement.band->p5;
    json["median"] = judgement.band->median;
    json["p95"] = judgement.band->p95;
    json["met"] = judgement.met;
  } else {
    json["missing"] = judgement.missing;
  }
  return json;
}

NumberScale fact_scale(const FactJudgement& judgement) {
  const double most = judgement.band ? std::max(judgement.fact.high, judgement.band->p95) : judgement.fact.high;
  return number_scale(most, unit_of(judgement.fact));
}

std::string range(const NumberScale& scale, double low, double high) {
  const std::string from = short_text(low, scale), to = short_text(high, scale);
  return from == to ? from : from + " to " + to;
}

/// "yes", or what is too low, high or wide.
std::string verdict(const FactJudgement& judgement) {
  if (!judgement.band) return "-";
  if (judgement.met) return "yes";
  const auto [low, high] = analysis::accepted_bounds(judgement.fact);
  if (judgement.band->median < low) return "low";
  return judgement.band->median > high ? "high" : "wide";
}

std::vector<std::vector<std::string>> table_rows(std::span<const FactJudgement> judgements, bool marked) {
  std::vector<std::vector<std::string>> rows{{"fact", "reported", "unit", "median", "90 % of runs", "met"}};
  if (marked) rows[0].emplace_back("where");
  for (const FactJudgement& judgement : judgements) {
    const MarketFact& fact = judgement.fact;
    const auto& band = judgement.band;
    const NumberScale scale = fact_scale(judgement);
    rows.push_back({fact.id + (fact.target ? " *" : ""), range(scale, fact.low, fact.high), scale.unit,
                    band ? short_text(band->median, scale) : "-", band ? range(scale, band->p5, band->p95) : "-",
                    verdict(judgement)});
    if (marked) rows.back().push_back(fact_mark(judgement));
  }
  return rows;
}

/// Prices and lead times, and units, are counted apart: they are met by different rules.
std::string count_text(std::span<const FactJudgement> judgements) {
  std::string text;
  for (const bool units : {false, true}) {
    std::size_t facts = 0, met = 0, targets = 0, met_targets = 0;
    for (const FactJudgement& one : judgements) {
      if ((one.fact.kind == analysis::FactKind::deliveries) != units) continue;
      ++facts;
      met += one.met ? 1 : 0;
      targets += one.fact.target ? 1 : 0;
      met_targets += one.met && one.fact.target ? 1 : 0;
    }
    if (facts > 0)
      text += fmt::format("{} of {} facts of {} are met, {} of {} targets (*).\n", met, facts,
                          units ? "units" : "prices and lead times", met_targets, targets);
  }
  return text;
}

/// Each reason once, with the facts that it holds for.
std::string missing_text(std::span<const FactJudgement> judgements, std::size_t width) {
  std::vector<std::pair<std::string, std::string>> reasons;
  for (const FactJudgement& judgement : judgements) {
    if (judgement.band) continue;
    auto found = std::ranges::find(reasons, judgement.missing, &std::pair<std::string, std::string>::first);
    if (found == reasons.end()) found = reasons.insert(reasons.end(), {judgement.missing, ""});
    found->second += (found->second.empty() ? "" : ", ") + judgement.fact.id;
  }
  std::string text;
  for (const auto& [reason, facts] : reasons)
    text += wrapped_text(fmt::format("Not shown, since {}: {}", reason, facts), width);
  return text;
}

}  // namespace

std::string facts_json(std::span<const FactJudgement> judgements) {
  OrderedJson list = OrderedJson::array();
  for (const FactJudgement& judgement : judgements) list.push_back(to_json(judgement));
  return list.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + '\n';
}

std::string fact_mark(const FactJudgement& judgement) {
  constexpr std::ptrdiff_t width = 21, left = 6, right = 14;
  std::string mark(width, ' ');
  mark[left] = '[';
  mark[right] = ']';
  if (!judgement.band) return mark;
  const MarketFact& fact = judgement.fact;
  const auto [low, high] = analysis::accepted_bounds(fact);
  const double from = std::log(fact.to_judged(low));
  const double to = std::log(fact.to_judged(high));
  const double judged = fact.to_judged(judgement.band->median);
  if (judged <= 0.0) return mark.replace(0, 1, "<");
  const double place = left + (std::log(judged) - from) / (to - from) * (right - left);
  if (place < -0.5) return mark.replace(0, 1, "<");
  if (place >= width - 0.5) return mark.replace(width - 1, 1, ">");
  mark[static_cast<std::size_t>(std::lround(place))] = 'o';
  return mark;
}

std::string facts_table(std::span<const FactJudgement> judgements, std::size_t width) {
  auto rows = table_rows(judgements, true);
  if (table_width(rows) > width) rows = table_rows(judgements, false);
  return aligned_table(rows, width) + '\n' + count_text(judgements) + missing_text(judgements, width);
}

}  // namespace chokepoint::cli
