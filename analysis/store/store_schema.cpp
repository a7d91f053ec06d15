#include "analysis/store/store_schema.hpp"

namespace chokepoint::analysis {

void create_schema(Database& database, const StoreLayout& layout) {
  std::string parameters;
  std::string columns;
  for (const StoredParameter& parameter : layout.parameters) {
    parameters += ", " + sql_name(parameter.name);
    columns += ", " + sql_name(parameter.name) + (parameter.number ? " REAL" : " TEXT");
  }
  // Without a type, so that whole numbers and texts stay what they are.
  for (const StoredOutcome& outcome : layout.outcomes) columns += ", " + sql_name(outcome.name);
  database.execute(
      "CREATE TABLE runs (point INTEGER NOT NULL, replicate INTEGER NOT NULL, seed INTEGER NOT NULL, status TEXT NOT "
      "NULL, wall_s REAL, memory_bytes INTEGER, message TEXT" +
      columns + ", PRIMARY KEY (point, replicate)) WITHOUT ROWID");

  database.execute("CREATE TABLE parameters (name TEXT PRIMARY KEY, unit TEXT, kind TEXT, at TEXT)");
  Statement parameter_row = database.prepare("INSERT INTO parameters VALUES (?, ?, ?, ?)");
  for (const StoredParameter& one : layout.parameters)
    parameter_row.bind(std::vector<Cell>{one.name, one.unit, std::string(one.number ? "number" : "choice"), one.at})
        .run();

  database.execute("CREATE TABLE outcomes (name TEXT PRIMARY KEY, figure TEXT, unit TEXT)");
  Statement outcome_row = database.prepare("INSERT INTO outcomes VALUES (?, ?, NULL)");
  for (const StoredOutcome& one : layout.outcomes) {
    outcome_row.bind(std::vector<Cell>{one.name, one.figure}).run();
    database.execute("CREATE VIEW " + sql_name("outcome_" + one.name) + " AS SELECT point, replicate" + parameters +
                     ", " + sql_name(one.name) + " FROM runs WHERE status = 'done' ORDER BY point, replicate");
  }

  if (layout.series.empty()) return;
  std::string series;
  for (const std::string& column : layout.series) series += ", " + sql_name(column) + " REAL";
  database.execute(
      "CREATE TABLE series (point INTEGER NOT NULL, replicate INTEGER NOT NULL, step INTEGER NOT NULL, time_s REAL, "
      "date TEXT" +
      series + ", PRIMARY KEY (point, replicate, step)) WITHOUT ROWID");
}

}  // namespace chokepoint::analysis
