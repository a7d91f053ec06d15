#include "cli/merge_command.hpp"

#include <cstdio>
#include <filesystem>
#include <vector>

#include "analysis/store/merge_stores.hpp"
#include "analysis/store/store_file.hpp"
#include "cli/options.hpp"
#include "cli/result_printer.hpp"
#include "cli/store_text.hpp"

namespace chokepoint::cli {

Exit run_merge(std::span<const std::string> arguments) {
  std::string out;
  std::vector<std::string> parts;
  std::string format = "table";
  Options options("chokepoint merge FILE.sqlite PART.sqlite... [options]",
                  "Puts the stores of a study's shards into a new one, the same as if one process had run them all.");
  options.operand("FILE.sqlite", out)
      .operands("PART.sqlite", 1, parts)
      .choice("format", {"table", "json"}, "for a person or for a program", format);
  if (!options.parse(arguments)) return Exit::ok;

  analysis::merge_stores(out, std::vector<std::filesystem::path>(parts.begin(), parts.end()));
  const auto summary = analysis::read_summary(analysis::open_store(out, analysis::Database::Mode::read));
  const std::string text = parse_format(format) == Format::json ? store_json(summary).dump(2) + '\n'
                                                                : store_text(summary) + "\nstore: " + out + '\n';
  std::fwrite(text.data(), 1, text.size(), stdout);
  return Exit::ok;
}

}  // namespace chokepoint::cli
