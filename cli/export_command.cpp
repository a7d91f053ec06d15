#include "cli/export_command.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "analysis/output/new_files.hpp"
#include "analysis/output/output_folder.hpp"
#include "analysis/store/store_csv.hpp"
#include "analysis/store/store_file.hpp"
#include "cli/options.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::cli {
namespace {

void check_table(const analysis::Database& store, const std::string& table) {
  std::vector<std::string> names;
  analysis::Statement row = store.prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')");
  while (row.step()) names.push_back(row.text(0));
  if (std::ranges::find(names, table) != names.end()) return;
  const std::string hint = sim::near_name_hint(table, names);
  throw UsageError(fmt::format("--table: expected one of {}, found \"{}\"{}", fmt::join(names, ", "), table,
                               hint.empty() ? "" : " (" + hint + ")"));
}

}  // namespace

Exit run_export(std::span<const std::string> arguments) {
  std::string file;
  std::optional<std::string> out;
  std::string table = "runs";
  Options options("chokepoint export FILE.sqlite [options]",
                  "Writes a store's runs as comma-separated values, in the order of point and replicate.");
  options.operand("FILE.sqlite", file)
      .option("out", "FILE.csv", "where to; standard output if left out", out)
      .or_short('o')
      .option("table", "NAME", "another table or view of the store, such as series or outcome_energy", table);
  if (!options.parse(arguments)) return Exit::ok;

  const analysis::Database store = analysis::open_store(file, analysis::Database::Mode::write);
  check_table(store, table);
  if (!out) {
    analysis::write_store_csv(store, table,
                              [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); });
    return Exit::ok;
  }
  const std::filesystem::path path(*out);
  if (!path.has_filename()) throw UsageError("--out: expected the name of a file, found \"" + *out + '"');
  analysis::expect_new_files({&path, 1}, "move it away, or name another with --out");
  analysis::write_output_folder(path.has_parent_path() ? path.parent_path() : ".",
                                {{path.filename().string(), [&](const analysis::TextSink& sink) {
                                    analysis::write_store_csv(store, table, sink);
                                  }}});
  return Exit::ok;
}

}  // namespace chokepoint::cli
