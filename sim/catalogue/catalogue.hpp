#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/catalogue/facility_entries.hpp"
#include "sim/catalogue/hardware_entries.hpp"
#include "sim/catalogue/language_model_entries.hpp"
#include "sim/catalogue/shelf.hpp"
#include "sim/input/json_document.hpp"

namespace chokepoint::sim {

/// What is known of the world, compiled into the program from `models/catalogue`. A fault in one of its files is
/// thrown as InputError when its kind is first asked for.
///
///     const models::Server& server = catalogue().servers.at("dgx-a100-80gb").value;
struct Catalogue {
  Shelf<models::Accelerator> accelerators;
  Shelf<models::Server> servers;
  Shelf<Cooling> cooling;
  Shelf<models::WetBulbClimate> climates;
  Shelf<models::CarbonIntensity> carbon;
  Shelf<LanguageModel> language_models;
};

const Catalogue& catalogue();

/// One file of the catalogue: its name without ".json", and what its entries are.
struct CatalogueKind {
  std::string_view name;
  std::string_view about;
};

/// In the order in which they are listed. Another file joins by one line here.
std::span<const CatalogueKind> catalogue_kinds();

/// The file of a kind as it stands: an object of entries by name. Throws InputError with a near name if there is none.
Json catalogue_json(std::string_view kind);

/// SHA-256 of the names and texts of all files; two programs that agree in it hold the same catalogue. Worked out once
/// a process, so that runs forked after a first call need not.
std::string catalogue_digest();

}  // namespace chokepoint::sim
