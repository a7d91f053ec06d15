#include "sim/scenario/case_files.hpp"

#include <algorithm>
#include <filesystem>

#include "sim/input/json_document.hpp"
#include "sim/input/near_name.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::sim {
namespace {

Json load_embedded(const std::filesystem::path& path) {
  const std::string name = path.lexically_normal().replace_extension().generic_string();
  const auto file = std::ranges::find(case_files(), name, &EmbeddedFile::name);
  if (file == case_files().end())
    throw InputError(Fault{.file = path.string(),
                           .where = {},
                           .expected = "a scenario that is part of the program",
                           .found = "none of that name",
                           .hint = near_name_hint(name, case_scenario_names())});
  return parse_json(file->text, "scenarios/" + name + ".json");
}

}  // namespace

std::vector<std::string> case_scenario_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : case_files())
    if (file.name.starts_with("cases/")) names.emplace_back(file.name);
  std::ranges::sort(names);
  return names;
}

Scenario load_case_scenario(const std::string& name) {
  return load_scenario(name + ".json", {}, load_embedded);
}

}  // namespace chokepoint::sim
