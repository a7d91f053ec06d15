#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace chokepoint::sim {

/// The whole content of a file or of a pipe, at most 4 GiB. Throws InputError where it is missing, unreadable, larger,
/// a folder, or a device, which may never end.
std::string read_file(const std::filesystem::path& path);

/// Throws InputError where `content` is not text: another encoding than UTF-8 by its first bytes, or a byte 0, which
/// no text holds. `file` is for the messages.
void expect_text(std::string_view content, const std::string& file);

}  // namespace chokepoint::sim
