#include "sim/scenario/tenants_file.hpp"

#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/input/csv_table.hpp"
#include "sim/input/gzip_file.hpp"
#include "sim/input/json_reader.hpp"

namespace chokepoint::sim {
namespace {

constexpr double most_nodes = 1e8;

std::vector<TenantNodes> from_json(const std::string& text, const std::string& file) {
  const Json root = parse_json(text, file);
  std::map<std::string, std::int64_t> nodes;
  JsonReader reader(root, file);
  static_cast<FieldVisitor&>(reader).map(
      nodes, [&](std::int64_t& count) { reader.integer(count, {.low = 1.0, .high = most_nodes}); });
  throw_if_any(reader.take_faults());
  std::vector<TenantNodes> tenants;
  for (const auto& [name, count] : nodes) tenants.push_back({.name = name, .nodes = static_cast<std::uint32_t>(count)});
  return tenants;
}

std::vector<TenantNodes> from_csv(std::string text, const std::string& file) {
  const char separator = guess_separator(text);
  CsvTable table(std::move(text), file, separator);
  std::vector<TenantNodes> tenants;
  std::vector<Fault> faults;
  std::set<std::string, std::less<>> names;
  for (bool first = true; table.next(); first = false) {
    const auto nodes = parse_number(table.field(1));
    if (first && !nodes && table.fields().size() >= 2) continue;  // the header
    const auto refuse = [&](std::string expected, std::string_view found) {
      faults.push_back({.file = file,
                        .where = fmt::format("line {}", table.line()),
                        .expected = std::move(expected),
                        .found = fmt::format("\"{}\"", found)});
    };
    const std::string_view name = trim(table.field(0));
    if (name.empty()) {
      refuse("the name of a tenant", name);
    } else if (!nodes || *nodes != std::floor(*nodes) || *nodes < 1.0 || *nodes > most_nodes) {
      refuse("a name and a whole number of nodes from 1 to 100000000", table.field(1));
    } else if (!names.insert(std::string(name)).second) {
      refuse("each tenant once", name);
    } else {
      tenants.push_back({.name = std::string(name), .nodes = static_cast<std::uint32_t>(*nodes)});
    }
  }
  throw_if_any(std::move(faults));
  return tenants;
}

}  // namespace

std::vector<TenantNodes> read_tenants_file(const std::filesystem::path& path) {
  std::string text = read_maybe_gzip(path);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string::npos && text[first] == '{';
  auto tenants = is_json ? from_json(text, path.string()) : from_csv(std::move(text), path.string());
  if (tenants.empty())
    throw InputError(Fault{.file = path.string(), .expected = "names and nodes of tenants", .found = "none"});
  return tenants;
}

}  // namespace chokepoint::sim
