#pragma once

#include <filesystem>
#include <string>

#include "models/tariff/tariff.hpp"
#include "sim/catalogue/shelf.hpp"
#include "sim/input/json_document.hpp"

namespace chokepoint::sim {

/// The tariffs of the catalogue.
const Shelf<models::Tariff>& catalogue_tariffs();

/// A tariff in a JSON file, in one of the program's own kinds or in the OpenEI form. Throws InputError.
models::Tariff read_tariff_file(const std::filesystem::path& path);
models::Tariff parse_tariff(const Json& root, const std::string& file);

/// The tariff of a name in the catalogue, or of a file. Throws InputError where it is neither.
models::Tariff read_tariff(const std::string& name_or_path);

}  // namespace chokepoint::sim
