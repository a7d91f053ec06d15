#include "sim/catalogue/catalogue.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "models/power/server_power_line.hpp"
#include "sim/catalogue/catalogue_files.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/input/sha256.hpp"

namespace chokepoint::sim {
namespace {

std::string file_name(std::string_view kind) {
  return fmt::format("models/catalogue/{}.json", kind);
}

template <class T>
std::map<std::string, Entry<T>> read_entries(std::string_view kind) {
  const Json root = catalogue_json(kind);
  std::map<std::string, Entry<T>> entries;
  JsonReader reader(root, file_name(kind));
  static_cast<FieldVisitor&>(reader).map(entries, [&](Entry<T>& entry) { visit(reader, entry); });
  throw_if_any(reader.take_faults());
  for (auto& [name, entry] : entries) entry.name = name;
  return entries;
}

std::map<std::string, Entry<models::Accelerator>> read_accelerators() {
  auto entries = read_entries<models::Accelerator>("accelerators");
  for (auto& [name, entry] : entries) entry.value.name = name;
  return entries;
}

std::map<std::string, Entry<LanguageModel>> read_language_models() {
  auto entries = read_entries<LanguageModel>("language-models");
  for (auto& [name, entry] : entries) entry.value.shape.name = name;
  return entries;
}

/// What is wrong with a server once its accelerator is known, as what was expected; empty if nothing is.
std::string fault_of(const models::ServerPowerInputs& inputs) {
  const double gpus_w = inputs.gpus * inputs.accelerator.tdp_w;
  if (inputs.accelerator.tdp_w <= 0.0) return "an accelerator whose TDP is known";
  if (inputs.rated_power_w < gpus_w) return fmt::format("a rated power of at least the {} W of its GPUs", gpus_w);
  if (inputs.full_w && *inputs.full_w > inputs.rated_power_w) return "a full power within the rated power";
  if (inputs.full_w && inputs.idle_w && *inputs.idle_w >= *inputs.full_w) return "an idle power below the full power";
  return {};
}

/// The server of a file with its accelerator and its power by state put in.
models::Server assembled(const std::string& name, const ServerEntry& entry, const Shelf<models::Accelerator>& shelf,
                         std::vector<Fault>& faults) {
  models::Server server = entry.server;
  server.name = name;
  const auto* accelerator = shelf.find(entry.accelerator);
  if (accelerator == nullptr) {
    faults.push_back({.file = file_name("servers"),
                      .where = child_pointer(child_pointer("", name), "accelerator"),
                      .expected = "an accelerator of the catalogue",
                      .found = '"' + entry.accelerator + '"',
                      .hint = near_name_hint(entry.accelerator, shelf.names())});
    return server;
  }
  server.accelerator = accelerator->value;
  const models::ServerPowerInputs inputs{.gpus = server.gpus,
                                         .rated_power_w = server.rated_power_w,
                                         .accelerator = {.tdp_w = server.accelerator.tdp_w.value_or(0.0),
                                                         .idle_w = server.accelerator.idle_w,
                                                         .idle_with_context_w = server.accelerator.idle_with_context_w},
                                         .idle_w = entry.idle_w,
                                         .full_w = entry.full_w};
  if (std::string expected = fault_of(inputs); !expected.empty()) {
    faults.push_back({.file = file_name("servers"),
                      .where = child_pointer("", name),
                      .expected = std::move(expected),
                      .found = "none",
                      .hint = {}});
    return server;
  }
  server.power = models::server_power(inputs);
  return server;
}

std::map<std::string, Entry<models::Server>> read_servers(const Shelf<models::Accelerator>& accelerators) {
  std::map<std::string, Entry<models::Server>> servers;
  std::vector<Fault> faults;
  for (const auto& [name, entry] : read_entries<ServerEntry>("servers"))
    servers[name] = {
        .name = name, .provenance = entry.provenance, .value = assembled(name, entry.value, accelerators, faults)};
  throw_if_any(std::move(faults));
  return servers;
}

}  // namespace

const Catalogue& catalogue() {
  static const Catalogue all{
      .accelerators = {"accelerators", read_accelerators},
      .servers = {"servers", [] { return read_servers(catalogue().accelerators); }},
      .cooling = {"cooling", [] { return read_entries<Cooling>("cooling"); }},
      .climates = {"climates", [] { return read_entries<models::WetBulbClimate>("climates"); }},
      .carbon = {"carbon", [] { return read_entries<models::CarbonIntensity>("carbon"); }},
      .language_models = {"language-models", read_language_models},
  };
  return all;
}

std::span<const CatalogueKind> catalogue_kinds() {
  static constexpr std::array kinds{
      CatalogueKind{"accelerators", "chips and cards that train and serve models"},
      CatalogueKind{"servers", "accelerators with their host: power by state, price"},
      CatalogueKind{"cooling", "PUE: constant, or by load and weather"},
      CatalogueKind{"climates", "outdoor wet-bulb temperature by place"},
      CatalogueKind{"tariffs", "what electricity costs, by place and voltage"},
      CatalogueKind{"carbon", "carbon intensity of grids"},
      CatalogueKind{"language-models", "shapes of transformers, and how they were trained"},
  };
  return kinds;
}

Json catalogue_json(std::string_view kind) {
  const auto file = std::ranges::find(catalogue_files(), kind, &EmbeddedFile::name);
  const auto known = std::ranges::find(catalogue_kinds(), kind, &CatalogueKind::name);
  if (file != catalogue_files().end() && known != catalogue_kinds().end())
    return parse_json(file->text, file_name(kind));
  std::vector<std::string> names;
  for (const CatalogueKind& entry : catalogue_kinds()) names.emplace_back(entry.name);
  throw InputError(Fault{.file = "catalogue",
                         .where = {},
                         .expected = fmt::format("one of {}", fmt::join(names, ", ")),
                         .found = fmt::format("\"{}\"", kind),
                         .hint = near_name_hint(kind, names)});
}

std::string catalogue_digest() {
  static const std::string digest = [] {
    std::string all;
    for (const EmbeddedFile& file : catalogue_files())
      all += fmt::format("{} {}\n{}\n", file.name, file.text.size(), file.text);
    return sha256(all);
  }();
  return digest;
}

}  // namespace chokepoint::sim
