#include "sim/tariff/tariff_catalogue.hpp"

#include "sim/catalogue/catalogue.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/input/near_name.hpp"
#include "sim/tariff/tariff_spec.hpp"
#include "sim/tariff/urdb_reader.hpp"

namespace chokepoint::sim {
namespace {

struct WrittenEntry {
  Provenance provenance;
  TariffSpec spec;
};

void visit(FieldVisitor& v, WrittenEntry& written) {
  v.object("a tariff and where it comes from", [&] {
    visit_provenance(v, written.provenance);
    v.field("tariff", "the tariff", required,
            [&] { v.object("a tariff", [&] { visit_written_tariff(v, written.spec); }); });
  });
}

std::map<std::string, Entry<models::Tariff>> read_catalogue() {
  const std::string file = "models/catalogue/tariffs.json";
  const Json root = catalogue_json("tariffs");
  std::map<std::string, WrittenEntry> written;
  JsonReader reader(root, file);
  reader.map(written, [&](WrittenEntry& entry) { visit(reader, entry); });
  throw_if_any(reader.take_faults());
  std::map<std::string, Entry<models::Tariff>> entries;
  for (const auto& [name, entry] : written) {
    models::Tariff tariff = resolve_tariff(entry.spec, {});
    tariff.name = name;
    entries[name] = {.name = name, .provenance = entry.provenance, .value = std::move(tariff)};
  }
  return entries;
}

}  // namespace

const Shelf<models::Tariff>& catalogue_tariffs() {
  static const Shelf<models::Tariff> shelf("tariffs", read_catalogue);
  return shelf;
}

models::Tariff parse_tariff(const Json& root, const std::string& file) {
  if (is_urdb(root)) return read_urdb(root, file);
  TariffSpec spec;
  JsonReader reader(root, file);
  reader.object("a tariff", [&] { visit_written_tariff(reader, spec); });
  throw_if_any(reader.take_faults());
  models::Tariff tariff = resolve_tariff(spec, std::filesystem::path(file).parent_path());
  tariff.name = file;
  return tariff;
}

models::Tariff read_tariff_file(const std::filesystem::path& path) {
  return parse_tariff(load_json(path), path.string());
}

models::Tariff read_tariff(const std::string& name_or_path) {
  if (const auto* entry = catalogue_tariffs().find(name_or_path)) return entry->value;
  std::error_code error;
  const bool looks_like_file = name_or_path.ends_with(".json") || name_or_path.find('/') != std::string::npos ||
                               std::filesystem::exists(name_or_path, error);
  if (looks_like_file) return read_tariff_file(name_or_path);
  throw InputError(Fault{.file = {},
                         .where = {},
                         .expected = "the name of an entry of catalogue tariffs, or a file",
                         .found = '"' + name_or_path + '"',
                         .hint = name_hint(name_or_path, catalogue_tariffs().names())});
}

}  // namespace chokepoint::sim
