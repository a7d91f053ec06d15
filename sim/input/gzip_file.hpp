#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace chokepoint::sim {

/// The text of a file, unpacked if it begins as gzip does (RFC 1952; several members one after the other are one text).
/// Throws InputError where the file is missing or unreadable, and where the packed stream is cut off or damaged: the
/// fault names the last line that could be read.
std::string read_maybe_gzip(const std::filesystem::path& path);

/// Unpacks `packed`; `file` is for the messages. Throws InputError as above.
std::string unpack_gzip(std::string_view packed, const std::string& file);

}  // namespace chokepoint::sim
