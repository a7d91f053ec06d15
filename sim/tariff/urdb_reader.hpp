#pragma once

#include <string>

#include "models/tariff/tariff.hpp"
#include "sim/input/json_document.hpp"

namespace chokepoint::sim {

/// Whether a document is in the form of the database.
bool is_urdb(const Json& root);

/// Reads a rate as the database gives it: a rate, or an answer that holds one under "items". Descriptive keys pass;
/// a key that is nearly one that counts is a fault. Throws InputError with all faults.
models::Tariff read_urdb(const Json& root, const std::string& file);

}  // namespace chokepoint::sim
