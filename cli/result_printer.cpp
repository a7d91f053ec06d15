#include "cli/result_printer.hpp"

#include <cstdio>

#include "analysis/output/summary_json.hpp"
#include "cli/command.hpp"
#include "cli/terminal/key_figure_table.hpp"
#include "cli/terminal/picture.hpp"
#include "cli/terminal/training_runs.hpp"

namespace chokepoint::cli {

Format parse_format(const std::string& text) {
  if (text == "table") return Format::table;
  if (text == "json") return Format::json;
  throw UsageError("--format: expected table or json, found \"" + text + "\"");
}

std::string result_text(const sim::Record& record, Format format, const Terminal& terminal) {
  if (format == Format::json) return analysis::summary_text(record);
  const std::string drawn = picture(record, terminal);
  const std::string runs = training_runs(record, terminal);
  return key_figure_table(record, terminal) + (runs.empty() ? "" : "\n") + runs + (drawn.empty() ? "" : "\n") + drawn;
}

void print_result(const sim::Record& record, Format format) {
  const std::string text = result_text(record, format, terminal_of(stdout));
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace chokepoint::cli
