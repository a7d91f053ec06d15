#include "analysis/study/facts_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "analysis/facts/fact_file.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::analysis {

std::optional<StudyFacts> FactsReader::read(const FactsFields& fields) {
  StudyFacts facts{.known = {}, .without = fields.without, .least_tolerance = fields.least_tolerance};
  if (!faults_.gather([&] { facts.known = known_facts(fields); })) return std::nullopt;
  check_ids(facts.known);
  check_without(fields, facts.known);
  return facts;
}

std::vector<MarketFact> FactsReader::known_facts(const FactsFields& fields) const {
  if (!fields.files) return shipped_facts();
  std::vector<MarketFact> known;
  for (const std::string& file : *fields.files)
    for (MarketFact& fact : load_facts(context_.folder / file)) known.push_back(std::move(fact));
  return known;
}

void FactsReader::check_ids(const std::vector<MarketFact>& known) {
  std::set<std::string> ids;
  for (const MarketFact& fact : known) {
    if (!ids.insert(fact.id).second) {
      faults_.refuse("/facts/files", "facts of different ids", '"' + fact.id + "\" a second time");
    } else if (context_.names.contains(fact.id)) {
      faults_.refuse("/facts", "ids that are no names of parameters and outcomes", '"' + fact.id + '"');
    }
  }
}

void FactsReader::check_without(const FactsFields& fields, const std::vector<MarketFact>& known) {
  std::vector<std::string> ids;
  for (const MarketFact& fact : known) ids.push_back(fact.id);
  for (std::size_t i = 0; i < fields.without.size(); ++i)
    if (std::ranges::find(ids, fields.without[i]) == ids.end())
      faults_.refuse(fmt::format("/facts/without/{}", i), "the id of a fact", '"' + fields.without[i] + '"',
                     sim::near_name_hint(fields.without[i], ids));
  if (std::ranges::none_of(known, [&](const MarketFact& fact) {
        return fact.target && std::ranges::find(fields.without, fact.id) == fields.without.end();
      }))
    faults_.refuse("/facts", "a fact that is a target", "none");
}

}  // namespace chokepoint::analysis
