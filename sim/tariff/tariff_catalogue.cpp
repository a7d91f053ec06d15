#include "sim/tariff/tariff_catalogue.hpp"

#include <algorithm>

#include "sim/catalogue/catalogue_files.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/input/near_name.hpp"
#include "sim/tariff/tariff_spec.hpp"
#include "sim/tariff/urdb_reader.hpp"

namespace chokepoint::sim {
namespace {

struct WrittenEntry {
  TariffEntry entry;
  TariffSpec spec;
};

void visit(FieldVisitor& v, WrittenEntry& written) {
  v.object("a tariff and where it comes from", [&] {
    TariffEntry& entry = written.entry;
    models::IsoDate date;
    v.field("about", "what it is, in words", required, [&] { v.text(entry.about); });
    v.field("source", "where its figures stand", required, [&] { v.text(entry.source); });
    v.field("date", "when they were valid", required, [&] { v.date(date); });
    v.field("confidence", "how they are known", required, [&] {
      static const std::vector<std::string> known{"published", "assumed"};
      std::size_t index = 0;
      v.choice(index, known);
      entry.confidence = known[index];
    });
    v.field("notes", "what else to know", optional, [&] { v.text(entry.notes); });
    v.field("tariff", "the tariff", required,
            [&] { v.object("a tariff", [&] { visit_written_tariff(v, written.spec); }); });
    entry.date = models::format_date(date.local);
  });
}

std::vector<TariffEntry> read_catalogue() {
  const auto files = catalogue_files();
  const auto file = std::ranges::find(files, "tariffs", &EmbeddedFile::name);
  if (file == files.end()) return {};
  const std::string name = "models/catalogue/tariffs.json";
  std::map<std::string, WrittenEntry> written;
  const Json root = parse_json(file->text, name);
  JsonReader reader(root, name);
  reader.map(written, [&](WrittenEntry& entry) { visit(reader, entry); });
  throw_if_any(reader.take_faults());
  std::vector<TariffEntry> entries;
  for (auto& [key, value] : written) {
    value.entry.name = key;
    value.entry.tariff = resolve_tariff(value.spec, {});
    value.entry.tariff.name = key;
    entries.push_back(std::move(value.entry));
  }
  return entries;
}

}  // namespace

std::span<const TariffEntry> tariff_entries() {
  static const std::vector<TariffEntry> entries = read_catalogue();
  return entries;
}

std::vector<std::string> tariff_names() {
  std::vector<std::string> names;
  for (const TariffEntry& entry : tariff_entries()) names.push_back(entry.name);
  return names;
}

bool has_tariff(const std::string& name) {
  return std::ranges::find(tariff_entries(), name, &TariffEntry::name) != tariff_entries().end();
}

const TariffEntry& find_tariff(const std::string& name) {
  const auto found = std::ranges::find(tariff_entries(), name, &TariffEntry::name);
  if (found == tariff_entries().end())
    throw InputError(Fault{.file = {},
                           .where = {},
                           .expected = "the name of an entry of catalogue tariffs, or a file",
                           .found = '"' + name + '"',
                           .hint = name_hint(name, tariff_names())});
  return *found;
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
  if (has_tariff(name_or_path)) return find_tariff(name_or_path).tariff;
  std::error_code error;
  const bool looks_like_file = name_or_path.ends_with(".json") || name_or_path.find('/') != std::string::npos ||
                               std::filesystem::exists(name_or_path, error);
  return looks_like_file ? read_tariff_file(name_or_path) : find_tariff(name_or_path).tariff;
}

}  // namespace chokepoint::sim
