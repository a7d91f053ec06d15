#include "analysis/store/store_csv.hpp"

#include "analysis/output/csv_cells.hpp"

namespace chokepoint::analysis {

void write_store_csv(const Database& database, const std::string& table, const TextSink& sink) {
  CsvCells cells(sink);
  Statement rows = database.prepare("SELECT * FROM " + sql_name(table));
  for (int column = 0; column < rows.columns(); ++column) cells.text(rows.column_name(column));
  cells.end_line();
  while (rows.step()) {
    for (int column = 0; column < rows.columns(); ++column) {
      const Cell cell = rows.cell(column);
      if (const auto* text = std::get_if<std::string>(&cell)) {
        cells.text(*text);
      } else if (const auto* real = std::get_if<double>(&cell)) {
        cells.number(*real);
      } else if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
        cells.number(*integer);
      } else {
        cells.nothing();
      }
    }
    cells.end_line();
  }
  cells.flush();
}

}  // namespace chokepoint::analysis
