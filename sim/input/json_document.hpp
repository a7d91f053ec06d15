#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/input/fault.hpp"

namespace chokepoint::sim {

using Json = nlohmann::json;

/// Reads JSON (RFC 8259, and comments from `//` to the end of a line). Broken text gives one fault with line and
/// column; every key that stands twice in one object gives a fault with its pointer. `file` is for the messages.
/// Objects and lists
/// stand in one another at most 100 deep. Throws InputError with all of them.
Json parse_json(std::string_view text, const std::string& file);

/// parse_json of a file.
Json load_json(const std::filesystem::path& path);

/// `pointer` and one more step, escaped as RFC 6901 asks.
std::string child_pointer(const std::string& pointer, std::string_view key);

/// Whether `pointer` is `place` or leads to something within it.
bool lies_within(std::string_view pointer, std::string_view place);

}  // namespace chokepoint::sim
