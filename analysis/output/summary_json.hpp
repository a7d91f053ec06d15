#pragma once

#include <nlohmann/json.hpp>

#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// The key figures of a record as one flat object in stable order: "scenario", "title", "seed", "version",
/// "catalogue_digest", then every figure by its key, which carries its unit ("energy_mwh"). Numbers are the shortest
/// that read back the same; a number that is not finite is null. Keys must differ.
nlohmann::ordered_json summary_json(const sim::Record& record);

/// The same as text, indented, with a line feed at its end. Texts that are no UTF-8 have their bad bytes replaced.
std::string summary_text(const sim::Record& record);

}  // namespace chokepoint::analysis
