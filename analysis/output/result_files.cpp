#include "analysis/output/result_files.hpp"

#include "analysis/output/run_svg.hpp"
#include "analysis/output/summary_json.hpp"
#include "analysis/output/table_csv.hpp"

namespace chokepoint::analysis {

std::vector<OutputFile> result_files(const sim::Record& record) {
  std::vector<OutputFile> files;
  files.push_back({"summary.json", [&record](const TextSink& sink) { sink(summary_text(record)); }});
  for (const sim::Table& table : record.tables)
    files.push_back({table.name + ".csv", [&table](const TextSink& sink) { write_csv(table, sink); }});
  if (std::string svg = run_svg(record); !svg.empty())
    files.push_back({"run.svg", [svg = std::move(svg)](const TextSink& sink) { sink(svg); }});
  return files;
}

}  // namespace chokepoint::analysis
