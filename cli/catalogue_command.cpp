#include "cli/catalogue_command.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include <fmt/format.h>

#include "cli/aligned_table.hpp"
#include "cli/options.hpp"
#include "sim/catalogue/catalogue.hpp"

namespace chokepoint::cli {
namespace {

using models::PowerState;
using sim::Json;

constexpr std::array states{std::pair{"off", PowerState::off},
                            std::pair{"idle", PowerState::idle},
                            std::pair{"allocated", PowerState::allocated},
                            std::pair{"computing", PowerState::computing},
                            std::pair{"communicating", PowerState::communicating},
                            std::pair{"checkpointing", PowerState::checkpointing}};
constexpr std::array<const char*, 7> provenance_keys{"source", "date",        "confidence", "measured",
                                                     "notes",  "unconfirmed", "about"};

/// The keys that a listing of a kind shows; any other kind shows what it is and where it comes from.
std::vector<std::string> columns_of(std::string_view kind) {
  if (kind == "accelerators") return {"bf16", "memory", "memory_bandwidth", "link", "tdp", "released", "confidence"};
  if (kind == "servers") return {"accelerator", "gpus", "rated_power", "network", "prices", "confidence"};
  if (kind == "cooling") return {"kind", "pue", "about", "confidence"};
  if (kind == "climates") return {"mean", "half_range", "about", "confidence"};
  if (kind == "language-models") return {"layers", "hidden", "heads", "sequence", "tokens", "about"};
  return {"about", "confidence", "date", "source"};
}

/// A value of an entry on one line.
std::string in_words(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return fmt::format("{:g}", value.get<double>());
  if (value.is_object() && value.contains("price"))
    return fmt::format("{} ({}{})", in_words(value["price"]), value.value("date", "undated"),
                       value.contains("note") ? "; " + value["note"].get<std::string>() : "");
  std::string text;
  if (value.is_array())
    for (const Json& part : value) text += (text.empty() ? "" : ", ") + in_words(part);
  if (value.is_object())
    for (const auto& [key, part] : value.items())
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key, in_words(part));
  return value.is_structured() ? text : value.dump();
}

bool in_doubt(const Json& entry, const std::string& key) {
  const auto doubts = entry.find("unconfirmed");
  return doubts != entry.end() && doubts->contains(key);
}

std::string cell(const Json& entry, const std::string& key) {
  const auto found = entry.find(key);
  if (found == entry.end()) return "-";
  std::string text = key == "prices" ? in_words(found->at(0)["price"]) : in_words(*found);
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  return in_doubt(entry, key) ? text + " ?" : text;
}

Json power_by_state(const std::string& server) {
  Json power = Json::object();
  for (const auto& [name, state] : states)
    power[name] = sim::catalogue().servers.at(server).value.power.server_w(state);
  return power;
}

void print_kinds(bool as_json) {
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows{{"kind", "entries", "what it holds"}};
  for (const sim::CatalogueKind& kind : sim::catalogue_kinds()) {
    const std::size_t count = sim::catalogue_json(kind.name).size();
    list.push_back({{"kind", kind.name}, {"entries", count}, {"about", kind.about}});
    rows.push_back({std::string(kind.name), std::to_string(count), std::string(kind.about)});
  }
  if (as_json) {
    fmt::print("{}\n", Json{{"digest", sim::catalogue_digest()}, {"kinds", list}}.dump(2));
  } else {
    fmt::print("{}\ndigest {}\n", aligned_table(rows), sim::catalogue_digest());
  }
}

void print_kind(const std::string& kind, bool as_json) {
  const Json entries = sim::catalogue_json(kind);
  if (as_json) return fmt::print("{}\n", Json{{"kind", kind}, {"entries", entries}}.dump(2));
  const std::vector<std::string> columns = columns_of(kind);
  std::vector<std::vector<std::string>> rows{{"name"}};
  rows[0].insert(rows[0].end(), columns.begin(), columns.end());
  if (kind == "servers") rows[0].insert(rows[0].end() - 2, {"idle", "computing"});
  bool doubts = false;
  for (const auto& [name, entry] : entries.items()) {
    std::vector<std::string>& row = rows.emplace_back(1, name);
    for (const std::string& key : columns) {
      row.push_back(cell(entry, key));
      doubts |= in_doubt(entry, key);
    }
    if (kind == "servers") {
      const Json power = power_by_state(name);
      const auto kw = [&power](const char* state) {
        return fmt::format("{:.2f} kW", power[state].get<double>() / 1e3);
      };
      row.insert(row.end() - 2, {kw("idle"), kw("computing")});
    }
  }
  fmt::print("{}{}", aligned_table(rows), doubts ? "\n? unconfirmed: the entry says why\n" : "");
}

void print_entry(const std::string& kind, const std::string& name, bool as_json) {
  const Json entries = sim::catalogue_json(kind);
  const auto found = entries.find(name);
  if (found == entries.end()) {
    std::vector<std::string> names;
    for (const auto& [known, entry] : entries.items()) names.push_back(known);
    throw sim::InputError(sim::Fault{.file = "catalogue " + kind,
                                     .where = {},
                                     .expected = "the name of an entry",
                                     .found = '"' + name + '"',
                                     .hint = sim::near_name_hint(name, names)});
  }
  const Json& entry = *found;
  if (as_json) {
    Json result{{"kind", kind}, {"name", name}, {"entry", entry}};
    if (kind == "servers") result["power_by_state_w"] = power_by_state(name);
    return fmt::print("{}\n", result.dump(2));
  }

  std::size_t width = 22;
  for (const auto& [key, value] : entry.items())
    if (value.is_object())
      for (const auto& [part_key, part] : value.items()) width = std::max(width, key.size() + part_key.size() + 3);

  const std::vector<std::string> measured = entry.value("measured", std::vector<std::string>{});
  const auto line = [&](const std::string& key, const Json& value) {
    if (value.is_object()) {
      for (const auto& [part_key, part] : value.items())
        fmt::print("  {:<{}}{}\n", key + " " + part_key, width, in_words(part));
      return;
    }
    std::string mark = std::ranges::find(measured, key) != measured.end() ? "  (measured)" : "";
    if (in_doubt(entry, key)) mark += "  (unconfirmed: " + in_words(entry["unconfirmed"][key]) + ")";
    const bool several = value.is_array() && !value.empty() && value[0].is_object();
    if (!several) return fmt::print("  {:<{}}{}{}\n", key, width, in_words(value), mark);
    for (const Json& part : value) {
      fmt::print("  {:<{}}{}{}\n", &part == &value[0] ? key : "", width, in_words(part), mark);
      mark.clear();
    }
  };
  fmt::print("{}: {}\n\n", name, entry.value("about", ""));
  for (const auto& [key, value] : entry.items())
    if (std::ranges::find(provenance_keys, key) == provenance_keys.end()) line(key, value);
  if (kind == "servers") {
    fmt::print("\npower of the whole server with all its accelerators in a state\n");
    const Json power = power_by_state(name);
    for (const auto& [state, value] : states)
      fmt::print("  {:<{}}{:.0f} W\n", state, width, power[state].get<double>());
  }
  fmt::print("\n");
  for (const char* key : {"source", "date", "confidence", "notes"})
    if (entry.contains(key)) line(key, entry[key]);
}

}  // namespace

Exit run_catalogue(std::span<const std::string> arguments) {
  std::optional<std::string> kind;
  std::optional<std::string> name;
  std::string format = "table";
  Options options("chokepoint catalogue [KIND [NAME]]", "what is known of the world, each entry with its source");
  options.operand("KIND", kind).operand("NAME", name).choice("format", {"table", "json"}, "how it is printed", format);
  if (!options.parse(arguments)) return Exit::ok;
  const bool as_json = format == "json";
  if (name) {
    print_entry(*kind, *name, as_json);
  } else if (kind) {
    print_kind(*kind, as_json);
  } else {
    print_kinds(as_json);
  }
  return Exit::ok;
}

}  // namespace chokepoint::cli
