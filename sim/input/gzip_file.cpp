#include "sim/input/gzip_file.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include <zlib.h>

#include "sim/input/fault.hpp"
#include "sim/input/text_file.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::size_t most_unpacked_bytes = std::size_t{8} << 30;
constexpr std::string_view magic{"\x1f\x8b", 2};

/// zlib's state of one stream, ended when it goes.
struct Inflater {
  z_stream stream{};

  Inflater() {
    const int with_gzip_header = 16 + MAX_WBITS;
    if (inflateInit2(&stream, with_gzip_header) != Z_OK) throw std::bad_alloc();
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream); }
};

/// A guess at the unpacked size: the last four bytes of a member say it, which a damaged file may say wrongly.
std::size_t expected_size(std::string_view packed) {
  if (packed.size() < 18) return 1024;
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i)
    size |= static_cast<std::size_t>(static_cast<unsigned char>(packed[packed.size() - 4 + i])) << (8 * i);
  return std::clamp<std::size_t>(size, 1024, packed.size() * 32 + 1024);
}

}  // namespace

std::string unpack_gzip(std::string_view packed, const std::string& file) {
  Inflater inflater;
  z_stream& stream = inflater.stream;
  std::string text(expected_size(packed), '\0');
  std::size_t written = 0;
  const auto refuse = [&](std::string found) {
    const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(written), '\n');
    throw InputError(Fault{.file = file,
                           .where = "line " + std::to_string(lines + 1),
                           .expected = "the whole of a gzip stream",
                           .found = std::move(found),
                           .hint = {}});
  };

  std::size_t read = 0;
  while (true) {
    if (written > most_unpacked_bytes) refuse("more than 8 GiB");
    if (written == text.size()) text.resize(text.size() * 2);
    const std::size_t room = std::min<std::size_t>(text.size() - written, std::numeric_limits<uInt>::max());
    const std::size_t offered = std::min<std::size_t>(packed.size() - read, std::numeric_limits<uInt>::max());
    // zlib takes its input without const and does not write to it.
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data() + read));
    stream.avail_in = static_cast<uInt>(offered);
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + written);
    stream.avail_out = static_cast<uInt>(room);
    const int status = inflate(&stream, Z_NO_FLUSH);
    read += offered - stream.avail_in;
    written += room - stream.avail_out;
    if (status == Z_STREAM_END) {
      const std::string_view rest = packed.substr(read);
      // Tapes and downloads may end in zeros, which gzip passes over too.
      if (rest.find_first_not_of('\0') == std::string_view::npos) break;
      if (!rest.starts_with(magic)) refuse("other bytes after it");
      inflateReset(&stream);
    } else if (status == Z_OK || status == Z_BUF_ERROR) {
      if (read == packed.size() && stream.avail_out > 0) refuse("one that is cut off there");
    } else {
      refuse("one that is damaged there");
    }
  }
  text.resize(written);
  return text;
}

std::string read_maybe_gzip(const std::filesystem::path& path) {
  std::string content = read_file(path);
  const bool is_gzip = content.starts_with(magic) || (path.extension() == ".gz" && content.size() < magic.size());
  if (is_gzip) content = unpack_gzip(content, path.string());
  expect_text(content, path.string());
  return content;
}

}  // namespace chokepoint::sim
