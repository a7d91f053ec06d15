#include "analysis/output/summary_json.hpp"

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

/// A list of objects, a column a key; null for a missing number.
nlohmann::ordered_json rows_json(const sim::Table& table) {
  auto rows = nlohmann::ordered_json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    nlohmann::ordered_json object;
    for (const sim::Column& column : table.columns)
      std::visit([&](const auto& values) { object[column.name] = values[row]; }, column.values);
    rows.push_back(std::move(object));
  }
  return rows;
}

}  // namespace

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
  if (const sim::Table* training = record.find_table("training")) summary["training"] = rows_json(*training);
  return summary;
}

std::string summary_text(const sim::Record& record) {
  return summary_json(record).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace chokepoint::analysis
