#include "sim/market/shock_fields.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>

#include <fmt/format.h>

#include "sim/input/near_name.hpp"
#include "sim/market/day_fields.hpp"

namespace chokepoint::sim {
namespace {

using std::chrono::local_days;

/// What is said of a change after the announcement beside its dates.
void visit_chances(FieldVisitor& v, ShockTurn& turn) {
  v.field("chance", "that it happens", required, [&] { v.number(turn.chance, Range::share()); });
  v.field("believed", "chance that the market gives it until it is known; 0 unless said", optional,
          [&] { v.number(turn.believed, Range::share()); });
}

/// The dates that have been read without fault.
struct ReadDates {
  std::optional<local_days> announced;
  std::optional<local_days> effective;
};

void visit_brought_forward(FieldVisitor& v, ShockSpec& shock, const ReadDates& dates, ShockTurn& turn) {
  v.object("that it comes into force earlier than announced", [&] {
    visit_chances(v, turn);
    const DayLimits earlier{.least = {dates.announced, "announced"}, .before = {dates.effective, "effective"}};
    std::optional<local_days> to;
    std::optional<double> after;
    const bool sound = v.sound([&] {
      to = day_field(v, {"to", "the day from which it is in force then"}, optional, earlier);
      v.field_if("after", "instead: days from its announcement to that day", after, [&](double& days) {
        if (v.sound([&] { visit_whole_days(v, days); }) && dates.announced)
          hold_to(v, *dates.announced + std::chrono::days(static_cast<int>(days)), earlier);
      });
    });
    if (sound && to.has_value() == after.has_value()) v.refuse("\"to\" or \"after\"", to ? "both" : "neither");
    if (to) shock.forward_to = *to;
    if (after && dates.announced) shock.forward_to = *dates.announced + std::chrono::days(static_cast<int>(*after));
    const bool has_day = to.has_value() || (after.has_value() && dates.announced.has_value());
    turn.known = day_field(v, {"known", "the day on which it becomes known; that day itself unless said"}, optional,
                           {.least = {dates.announced, "announced"},
                            .most = {has_day ? std::optional(shock.forward_to) : std::nullopt, "to"}})
                     .value_or(shock.forward_to);
  });
}

void visit_withdrawn(FieldVisitor& v, const ReadDates& dates, ShockTurn& turn) {
  v.object("that it is withdrawn before it comes into force", [&] {
    visit_chances(v, turn);
    if (const auto known = day_field(v, {"known", "the day on which it becomes known"}, required,
                                     {.least = {dates.announced, "announced"}, .most = {dates.effective, "effective"}}))
      turn.known = *known;
  });
}

void visit_dates(FieldVisitor& v, ShockSpec& shock) {
  ReadDates dates;
  bool has_effective = false;
  dates.announced = day_field(v, {"announced", "the day on which the market hears of it"}, required, {});
  const bool sound = v.sound([&] {
    dates.effective = day_field(v, {"effective", "first day in force; the day of its announcement unless said"},
                                optional, {.least = {dates.announced, "announced"}});
    has_effective = dates.effective.has_value();
  });
  if (sound && !has_effective) dates.effective = dates.announced;
  if (dates.announced) shock.announced = *dates.announced;
  if (dates.effective) shock.effective = *dates.effective;
  shock.end = day_field(v, {"end", "first day on which it is over; never unless said"}, optional,
                        {.after = {dates.effective, "effective"}});
  shock.end_announced =
      day_field(v, {"end_announced", "the day on which its end becomes known; with itself unless said"}, optional,
                {.least = {dates.announced, "announced"}, .most = {shock.end, "end"}});
  v.field_if("brought_forward", "that it comes into force earlier than announced", shock.brought_forward,
             [&](ShockTurn& turn) { visit_brought_forward(v, shock, dates, turn); });
  v.field_if("withdrawn", "that it is withdrawn before it comes into force", shock.withdrawn,
             [&](ShockTurn& turn) { visit_withdrawn(v, dates, turn); });
}

void visit_bound(FieldVisitor& v, models::ExportBound& bound) {
  v.object("a bound of the rule", [&] {
    v.field("attribute", "what it asks of an accelerator", required, [&] {
      static const std::vector<std::string> names(models::export_attributes().begin(),
                                                  models::export_attributes().end());
      std::size_t index = 0;
      if (v.sound([&] { v.choice(index, names); })) bound.attribute = names[index];
    });
    const bool sound = v.sound([&] {
      v.field_if("at_least", "the least that is met", bound.at_least,
                 [&](double& value) { v.number(value, Range::not_negative()); });
      v.field_if("below", "what is met lies below", bound.below,
                 [&](double& value) { v.number(value, Range::positive()); });
    });
    if (!sound) return;
    if (!bound.at_least && !bound.below) v.refuse("\"at_least\", \"below\" or both", "neither");
    if (bound.at_least && bound.below && *bound.at_least >= *bound.below)
      v.refuse(fmt::format("a \"below\" above {:g}", *bound.at_least), fmt::format("{:g}", *bound.below));
  });
}

void visit_names(FieldVisitor& v, FieldWords words, std::vector<std::string>& names) {
  v.field(words.name, words.about, optional, [&] { v.list(names, 1, [&](std::string& name) { v.name(name); }); });
}

void visit_target(FieldVisitor& v, ShockTarget& target) {
  visit_names(v, {"regions", "of the buyers that it meets; all unless said"}, target.regions);
  visit_names(v, {"from", "regions of the sellers that it meets; all unless said"}, target.from);
  visit_names(v, {"products", "that it meets, beside those under its rule"}, target.products);
  v.field("rule", "products by their attributes: met are those that keep all bounds of one of the lists", optional,
          [&] {
            v.list(target.rule.clauses, 1, [&](std::vector<models::ExportBound>& clause) {
              v.list(clause, 1, [&](models::ExportBound& bound) { visit_bound(v, bound); });
            });
          });
}

void visit_relief(FieldVisitor& v, ReliefWindow& window, bool licence) {
  v.object(licence ? "days on which a share may go by licence" : "days on which goods may go all the same", [&] {
    const auto from = day_field(v, {"from", "first day"}, required, {});
    const auto until = day_field(v, {"until", "first day on which it is over"}, required, {.after = {from, "from"}});
    const auto announced = day_field(v, {"announced", "when it becomes known; on its first day unless said"}, optional,
                                     {.most = {from, "from"}});
    if (from) window.from = *from;
    if (until) window.until = *until;
    window.announced = announced.value_or(window.from);
    if (licence)
      v.field("share", "of deliveries that get a licence", required, [&] { v.number(window.share, Range::share()); });
    visit_names(v, {"products", "for which it holds; all unless said"}, window.products);
  });
}

void visit_bar(FieldVisitor& v, ShockSpec& shock) {
  std::vector<ReliefWindow> licences;
  v.field("waivers", "days on which goods may go all the same", optional,
          [&] { v.list(shock.reliefs, 1, [&](ReliefWindow& window) { visit_relief(v, window, false); }); });
  v.field("licences", "days on which a share may go by licence", optional,
          [&] { v.list(licences, 1, [&](ReliefWindow& window) { visit_relief(v, window, true); }); });
  shock.reliefs.insert(shock.reliefs.end(), licences.begin(), licences.end());
  v.field("refund", "share of what was paid that comes back for goods that miss the date; 1 unless said", optional,
          [&] { v.number(shock.refund, Range::share()); });
}

struct SizeWords {
  std::string_view about;
  Range range;
};

void visit_size(FieldVisitor& v, ShockSpec& shock, const SizeWords& words) {
  v.field("size", words.about, required, [&] { v.number(shock.size, words.range); });
  v.field("ramp", "time until it has its full size, along a straight line; at once unless said", optional,
          [&] { visit_whole_days(v, shock.ramp_days); });
}

void visit_currency_change(FieldVisitor& v, ShockSpec& shock) {
  v.field("currency", "whose worth changes", required, [&] {
    std::string code;
    if (!v.sound([&] { v.name(code); })) return;
    shock.currency = models::find_currency(code);
    if (!shock.currency) v.refuse("the code of a currency, such as \"CNY\"", '"' + code + '"');
  });
  visit_size(v, shock, {"its worth in other currencies, as a multiple of what it was", {.low = 0.01, .high = 100.0}});
}

void visit_rumour(FieldVisitor& v, ShockSpec& shock) {
  v.field("about", "name of the shock that it tells of", required, [&] { v.name(shock.about); });
  v.field("believed", "chance that the market gives that shock while it is about", required,
          [&] { v.number(shock.size, Range::share()); });
  v.field("notice", "within which that shock is then thought to be in force", required,
          [&] { visit_whole_days(v, shock.notice_days); });
}

struct KindWords {
  std::string_view about;
  FieldVisitor::Part part;
};

void visit_kind(FieldVisitor& v, ShockSpec& shock) {
  constexpr Range multiple{.low = 0.0, .high = 1e4};
  const auto bar = [&] { visit_bar(v, shock); };
  const auto sized = [&](const SizeWords& words) { return [&v, &shock, words] { visit_size(v, shock, words); }; };
  const std::array words{
      KindWords{"the sellers' state bars deliveries", bar},
      KindWords{"the buyers' state bars deliveries", bar},
      KindWords{"wafers are not made", sized({"share of capacity lost", Range::share()})},
      KindWords{"a maker's capacity grows or shrinks", sized({"capacity, as a multiple of what it was", multiple})},
      KindWords{"buyers need more or less", sized({"need, as a multiple of what it was", multiple})},
      KindWords{"products come to be sold", [] {}},
      KindWords{"a currency changes its worth", [&] { visit_currency_change(v, shock); }},
      KindWords{"a duty on deliveries", sized({"duty, as a share of the price", {.low = 0.0, .high = 100.0}})},
      KindWords{"buyers have less power for GPUs", sized({"share of power withheld", Range::share()})},
      KindWords{"buyers have less money", sized({"share of budgets withheld", Range::share()})},
      KindWords{"sellers cut list prices", sized({"cut, as a share of the list price", Range::share()})},
      KindWords{"talk of a shock that is not announced", [&] { visit_rumour(v, shock); }}};
  std::vector<FieldVisitor::Kind> kinds;
  for (std::size_t i = 0; i < words.size(); ++i)
    kinds.push_back({shock_kind_names()[i], words[i].about, [&shock, i, part = words[i].part] {
                       shock.kind = static_cast<ShockKind>(i);
                       part();
                     }});
  v.kind(kinds);
}

/// What a kind needs of the keys of all kinds, or may not have.
void check_kind(FieldVisitor& v, const ShockSpec& shock) {
  const ShockTarget& target = shock.target;
  const bool no_products = target.products.empty() && target.rule.clauses.empty();
  if ((shock.kind == ShockKind::export_rule || shock.kind == ShockKind::product_launch) && no_products)
    v.refuse("\"products\" or a \"rule\" that says which goods are met", "neither");
  if (shock.kind != ShockKind::rumour) return;
  if (shock.brought_forward || shock.withdrawn)
    v.refuse("a rumour that begins and ends", "one that is brought forward or withdrawn");
  if (!no_products || !target.regions.empty() || !target.from.empty())
    v.refuse("a rumour that meets what its shock meets", "\"regions\", \"from\", \"products\" or \"rule\" of its own");
}

void visit_shock(FieldVisitor& v, ShockSpec& shock) {
  v.object("something that happens to the market", [&] {
    const bool sound = v.sound([&] {
      v.field("name", "its own; the chance of the shock is drawn by it", required, [&] { v.name(shock.name); });
      visit_kind(v, shock);
      const bool has_side = v.field("side", "the state that acts; of a rule or stop its own", optional, [&] {
        static const std::array<std::string, 3> names{"none", "seller", "buyer"};
        std::size_t index = 0;
        v.choice(index, names);
        shock.side = static_cast<ShockSide>(index);
      });
      if (!has_side && shock.bars_goods())
        shock.side = shock.kind == ShockKind::export_rule ? ShockSide::seller : ShockSide::buyer;
      v.field("chance", "that it comes at all; 1 unless said", optional,
              [&] { v.number(shock.chance, Range::share()); });
      visit_dates(v, shock);
      visit_target(v, shock.target);
    });
    if (sound) check_kind(v, shock);
  });
}

void refuse_names(FieldVisitor& v, const std::vector<ShockSpec>& shocks) {
  std::vector<std::string> names;
  for (const ShockSpec& shock : shocks) {
    if (shock.name.empty()) continue;
    if (std::ranges::find(names, shock.name) != names.end())
      v.refuse("shocks of different names", '"' + shock.name + "\" twice");
    names.push_back(shock.name);
  }
  for (const ShockSpec& shock : shocks) {
    if (shock.about.empty()) continue;
    const auto told = std::ranges::find(shocks, shock.about, &ShockSpec::name);
    if (told == shocks.end() || told->kind == ShockKind::rumour)
      v.refuse(fmt::format("a shock that the rumour \"{}\" may be about", shock.name), '"' + shock.about + '"',
               name_hint(shock.about, names));
  }
}

}  // namespace

void visit_shocks(FieldVisitor& v, std::vector<ShockSpec>& shocks) {
  v.list(shocks, 0, [&](ShockSpec& shock) { visit_shock(v, shock); });
  refuse_names(v, shocks);
}

}  // namespace chokepoint::sim
