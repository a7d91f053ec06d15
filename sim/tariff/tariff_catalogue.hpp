#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "models/tariff/tariff.hpp"
#include "sim/input/json_document.hpp"

namespace chokepoint::sim {

/// A tariff that the program knows, with where it comes from. `confidence` is "published" or "assumed".
struct TariffEntry {
  std::string name;
  std::string about;
  std::string source;
  std::string date;
  std::string confidence;
  std::string notes;
  models::Tariff tariff;
};

/// The tariffs of the catalogue, in alphabetical order.
std::span<const TariffEntry> tariff_entries();
std::vector<std::string> tariff_names();
bool has_tariff(const std::string& name);
/// Throws InputError with a near name if there is none.
const TariffEntry& find_tariff(const std::string& name);

/// A tariff in a JSON file, in one of the program's own kinds or in the OpenEI form. Throws InputError.
models::Tariff read_tariff_file(const std::filesystem::path& path);
models::Tariff parse_tariff(const Json& root, const std::string& file);

/// The tariff of a name in the catalogue, or of a file. Throws InputError where it is neither.
models::Tariff read_tariff(const std::string& name_or_path);

}  // namespace chokepoint::sim
