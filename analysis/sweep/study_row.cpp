#include "analysis/sweep/study_row.hpp"

namespace chokepoint::analysis {
namespace {

std::string message_of(const RunFailure& failure) {
  if (failure.kind != RunFailure::Kind::bad_input) return failure.text;
  std::string text;
  for (const sim::Fault& fault : failure.faults) text += (text.empty() ? "" : "\n") + fault.text();
  return text;
}

void take_record(const Study& study, const sim::Record& record, RunRow& row) {
  for (std::size_t i = 0; i < study.outcomes.size(); ++i)
    if (const sim::Figure* figure = record.find_figure(study.outcomes[i].figure))
      row.outcomes[i] = std::visit([](const auto& value) { return Cell(value); }, figure->value);
  if (const sim::Table* series = record.find_table("series")) row.series = *series;
}

}  // namespace

std::vector<Cell> input_cells(const Point& point) {
  std::vector<Cell> cells;
  for (const ParameterValue& value : point.values)
    cells.push_back(std::visit([](const auto& one) { return Cell(one); }, value));
  return cells;
}

RunRow row_of(const Study& study, const StudyRun& run, const RunResult& result, const RunUse& use) {
  RunRow row{.point = run.point.index,
             .replicate = run.replicate,
             .seed = study.seed,
             .wall_s = use.wall.count(),
             .memory_bytes = use.peak_memory_bytes,
             .inputs = input_cells(run.point)};
  row.outcomes.resize(study.outcomes.size());
  if (const auto* record = std::get_if<sim::Record>(&result)) {
    take_record(study, *record, row);
  } else {
    const auto& failure = std::get<RunFailure>(result);
    row.status = failure.kind == RunFailure::Kind::bad_input ? "failed" : to_text(failure.kind);
    row.message = message_of(failure);
  }
  return row;
}

}  // namespace chokepoint::analysis
