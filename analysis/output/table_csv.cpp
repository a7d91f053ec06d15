#include "analysis/output/table_csv.hpp"

#include "analysis/output/csv_cells.hpp"

namespace chokepoint::analysis {
namespace {

void write_cell(CsvCells& cells, const sim::Column& column, std::size_t row) {
  if (const auto* reals = std::get_if<std::vector<double>>(&column.values)) {
    cells.number((*reals)[row]);
  } else if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values)) {
    cells.number((*integers)[row]);
  } else {
    cells.text(std::get<sim::TextColumn>(column.values)[row]);
  }
}

}  // namespace

void write_csv(const sim::Table& table, const TextSink& sink) {
  CsvCells cells(sink);
  for (const sim::Column& column : table.columns) cells.text(column.name);
  cells.end_line();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (const sim::Column& column : table.columns) write_cell(cells, column, row);
    cells.end_line();
  }
  cells.flush();
}

}  // namespace chokepoint::analysis
