#include "analysis/output/summary_json.hpp"

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {

nlohmann::ordered_json summary_json(const sim::Record& record) {
  nlohmann::ordered_json summary{{"scenario", record.scenario},
                                 {"title", record.title},
                                 {"seed", record.seed},
                                 {"version", record.version},
                                 {"catalogue_digest", record.catalogue_digest}};
  for (const sim::Figure& figure : record.figures) {
    models::expects(!summary.contains(figure.key), "the keys of a record's figures differ");
    std::visit([&](const auto& value) { summary[figure.key] = value; }, figure.value);
  }
  return summary;
}

std::string summary_text(const sim::Record& record) {
  return summary_json(record).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace chokepoint::analysis
