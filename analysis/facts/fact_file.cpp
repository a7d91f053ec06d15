#include "analysis/facts/fact_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/calendar/iso_date.hpp"
#include "sim/input/csv_table.hpp"
#include "sim/input/near_name.hpp"
#include "sim/input/row_faults.hpp"
#include "sim/input/text_file.hpp"
#include "sim/market/fact_files.hpp"

namespace chokepoint::analysis {
namespace {

using std::chrono::local_days;

constexpr std::array<std::string_view, 13> required_columns{
    "id", "target", "product", "form", "kind", "region", "unit", "statistic", "from", "to", "low", "high", "currency"};

class FactReader {
 public:
  FactReader(std::string text, const std::string& file) : table_(std::move(text), file), faults_(file) {}

  std::vector<MarketFact> read() {
    find_columns();
    std::vector<MarketFact> facts;
    while (table_.next()) facts.push_back(fact());
    if (facts.empty() && faults_.count() == 0) refuse("a fact in a row below the header", "none");
    faults_.throw_if_any();
    return facts;
  }

 private:
  void refuse(std::string expected, std::string found, std::string hint = {}) {
    faults_.add(table_.line(), std::move(expected), std::move(found), std::move(hint));
  }

  void find_columns() {
    std::vector<std::string> seen;
    if (table_.next())
      for (const std::string_view name : table_.fields()) seen.emplace_back(sim::trim(name));
    for (std::size_t i = 0; i < seen.size(); ++i) columns_.emplace(seen[i], i);
    for (const std::string_view name : required_columns)
      if (!columns_.contains(name))
        faults_.add(std::max<std::size_t>(1, table_.line()), fmt::format("a column \"{}\"", name),
                    seen.empty() ? "an empty file" : fmt::format("the columns {}", fmt::join(seen, ", ")),
                    sim::near_name_hint(name, seen));
    faults_.throw_if_any();
  }

  [[nodiscard]] std::string cell(std::string_view column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? std::string{} : std::string(sim::trim(table_.field(found->second)));
  }

  std::string text(std::string_view column) {
    std::string value = cell(column);
    if (value.empty()) refuse(fmt::format("a text in column {}", column), "none");
    return value;
  }

  std::size_t choice(std::string_view column, std::span<const std::string> names) {
    const std::string value = cell(column);
    const auto found = std::ranges::find(names, value);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    refuse(fmt::format("in column {} one of {}", column, fmt::join(names, ", ")), '"' + value + '"',
           sim::near_name_hint(value, names));
    return names.size();
  }

  std::optional<double> number(std::string_view column) {
    const auto value = sim::parse_number(cell(column));
    if (value && std::isfinite(*value)) return value;
    refuse(fmt::format("a number in column {}", column), '"' + cell(column) + '"');
    return std::nullopt;
  }

  std::optional<local_days> day(std::string_view column) {
    const auto date = models::parse_iso_date(cell(column));
    if (date && !date->offset && date->local == std::chrono::floor<std::chrono::days>(date->local))
      return std::chrono::floor<std::chrono::days>(date->local);
    refuse(fmt::format("a day such as 2023-10-16 in column {}", column), '"' + cell(column) + '"');
    return std::nullopt;
  }

  MarketFact fact() {
    MarketFact fact{.id = text("id"), .product = text("product"), .form = cell("form"), .region = text("region")};
    // Ids become columns of a calibration.
    if (fact.id.find_first_of(" \t,\"") != std::string::npos)
      refuse("an id without blanks, commas and quotes", '"' + fact.id + '"');
    if (!fact.id.empty() && !ids_.insert(fact.id).second) refuse("ids that stand once", '"' + fact.id + "\" again");
    if (cell("target") != "0" && cell("target") != "1") refuse("0 or 1 in column target", '"' + cell("target") + '"');
    fact.target = cell("target") == "1";
    const std::size_t kind = choice("kind", fact_kind_names());
    if (kind < fact_kind_names().size()) fact.kind = static_cast<FactKind>(kind);
    const std::size_t statistic = choice("statistic", fact_statistic_names());
    if (statistic < fact_statistic_names().size()) fact.statistic = static_cast<FactStatistic>(statistic);
    const std::size_t unit = choice("unit", fact_unit_names());
    if (unit < fact_unit_names().size()) fact.unit = fact_unit_names()[unit];
    if (kind < fact_kind_names().size() && !fact.unit.empty()) check_unit(fact);
    if (kind < fact_kind_names().size() && statistic < fact_statistic_names().size()) check_statistic(fact);
    read_currency(fact);
    read_period(fact);
    read_range(fact);
    fact.source = cell("source");
    fact.note = cell("note");
    return fact;
  }

  void check_unit(const MarketFact& fact) {
    const bool monthly = fact.unit.ends_with("-month");
    if (fact.kind == FactKind::lead_time && fact.unit != "months") {
      refuse("the unit months of a lead time", '"' + fact.unit + '"');
    } else if (fact.kind == FactKind::rent && !monthly) {
      refuse("the unit card-month, server-month or instance-month of a rent", '"' + fact.unit + '"');
    } else if (fact.kind == FactKind::deliveries && fact.unit != "GPUs") {
      refuse("the unit GPUs of deliveries", '"' + fact.unit + '"');
    } else if (fact.is_price() && fact.kind != FactKind::rent && fact.unit != "card" && fact.unit != "server") {
      refuse("the unit card or server of a price", '"' + fact.unit + '"');
    }
  }

  void check_statistic(const MarketFact& fact) {
    const bool sum = fact.statistic == FactStatistic::sum;
    if (sum == (fact.kind == FactKind::deliveries)) return;
    refuse(sum ? "the statistic sum of deliveries alone" : "the statistic sum of deliveries",
           '"' + cell("statistic") + '"');
  }

  void read_currency(MarketFact& fact) {
    const std::string code = cell("currency");
    fact.currency = models::find_currency(code);
    if (!code.empty() && !fact.currency) refuse("the code of a currency, such as CNY", '"' + code + '"');
    if (code.empty() && fact.is_price() && !fact.is_change()) refuse("the currency of a price", "none");
  }

  void read_period(MarketFact& fact) {
    const auto from = day("from");
    const auto to = day("to");
    if (!from || !to) return;
    fact.from = *from;
    fact.to = *to;
    if (fact.is_change() ? *to <= *from : *to < *from)
      refuse(fmt::format("a \"to\" {} the \"from\" {}", fact.is_change() ? "after" : "not before", cell("from")),
             cell("to"));
  }

  void read_range(MarketFact& fact) {
    const auto low = number("low");
    const auto high = number("high");
    if (!low || !high) return;
    fact.low = *low;
    fact.high = *high;
    if (*high < *low) refuse(fmt::format("a \"high\" not below the \"low\" {}", cell("low")), cell("high"));
    if (fact.to_judged(*low) <= 0.0)
      refuse(fact.statistic == FactStatistic::percent_change ? "a \"low\" above -100 %" : "a \"low\" above 0",
             cell("low"));
  }

  sim::CsvTable table_;
  sim::RowFaults faults_;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::set<std::string> ids_;
};

}  // namespace

std::vector<MarketFact> read_facts(std::string text, const std::string& file) {
  return FactReader(std::move(text), file).read();
}

std::vector<MarketFact> load_facts(const std::filesystem::path& path) {
  return read_facts(sim::read_file(path), path.string());
}

std::vector<MarketFact> shipped_facts() {
  std::vector<MarketFact> facts;
  for (const sim::EmbeddedFile& file : sim::fact_files())
    for (MarketFact& fact : read_facts(std::string(file.text), std::string(file.name)))
      facts.push_back(std::move(fact));
  return facts;
}

}  // namespace chokepoint::analysis
