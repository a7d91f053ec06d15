#include "sim/input/text_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include <fmt/format.h>

#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_bytes = std::size_t{4} << 30;

std::string reason_of(int error) {
  if (error == ENOENT) return "no such file";
  if (error == EACCES) return "one that this user may not read";
  return std::strerror(error);
}

}  // namespace

std::string read_file(const fs::path& path) {
  const auto refuse = [&path](std::string expected, std::string found) {
    throw InputError(Fault{.file = path.string(), .expected = std::move(expected), .found = std::move(found)});
  };
  if (path.empty()) refuse("the name of a file", "an empty name");
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) refuse("a file that can be read", "a folder");
  if (fs::is_character_file(status) || fs::is_block_file(status)) refuse("a file that can be read", "a device");
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) refuse("a file that can be read", reason_of(errno));

  std::string content;
  const auto size = fs::is_regular_file(status) ? fs::file_size(path, error) : std::uintmax_t{0};
  if (size > most_bytes) refuse("a file of at most 4 GiB", fmt::format("one of {} bytes", size));
  constexpr std::size_t block = std::size_t{1} << 20;
  for (std::size_t room = std::max<std::size_t>(size + 1, block); stream; room = std::max(content.size(), block)) {
    const std::size_t before = content.size();
    content.resize(before + room);
    stream.read(content.data() + before, static_cast<std::streamsize>(room));
    content.resize(before + static_cast<std::size_t>(stream.gcount()));
    if (content.size() > most_bytes) refuse("a file of at most 4 GiB", "more");
  }
  if (stream.bad()) refuse("a file that can be read", "an error while reading");
  return content;
}

void expect_text(std::string_view content, const std::string& file) {
  const auto refuse = [&file](std::string where, std::string found) {
    throw InputError(
        Fault{.file = file, .where = std::move(where), .expected = "a text in UTF-8", .found = std::move(found)});
  };
  if (content.starts_with("\xff\xfe") || content.starts_with("\xfe\xff")) refuse({}, "one in UTF-16");
  const std::size_t zero = content.find('\0');
  if (zero == std::string_view::npos) return;
  const auto lines = std::ranges::count(content.substr(0, zero), '\n');
  refuse(fmt::format("line {}", lines + 1), "a byte 0, as in files that are not text");
}

}  // namespace chokepoint::sim
