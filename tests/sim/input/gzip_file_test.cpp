#include "sim/input/gzip_file.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

std::string pack(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  std::string source = text;
  stream.next_in = reinterpret_cast<Bytef*>(source.data());
  stream.avail_in = static_cast<uInt>(source.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += std::to_string(i * 7919 % 100003) + "\n";
  return text;
}

Fault fault_of(const std::string& packed) {
  try {
    unpack_gzip(packed, "x.gz");
  } catch (const InputError& error) {
    return error.faults().at(0);
  }
  return {};
}

}  // namespace

TEST_CASE("what was packed is unpacked also in several members") {
  const std::string text = lines(50000);
  CHECK(unpack_gzip(pack(text), "x.gz") == text);
  CHECK(unpack_gzip(pack(text) + pack("end\n"), "x.gz") == text + "end\n");
  CHECK(unpack_gzip(pack(""), "x.gz").empty());
  CHECK(unpack_gzip(pack(std::string(5000000, 'a')), "x.gz").size() == 5000000);
}

TEST_CASE("a stream that is cut off or damaged is shown by line") {
  const std::string packed = pack(lines(50000));
  const Fault cut = fault_of(packed.substr(0, packed.size() / 2));
  CHECK(cut.where.starts_with("line "));
  CHECK(cut.where.size() > 8);
  CHECK(cut.found == "one that is cut off there");
  CHECK(fault_of(packed.substr(0, packed.size() - 4)).found == "one that is cut off there");
  std::string damaged = packed;
  damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] + 1);
  CHECK(fault_of(damaged).found == "one that is damaged there");
}

TEST_CASE("a missing file and a folder are refused") {
  CHECK_THROWS_AS(read_maybe_gzip("no/such/file.csv"), InputError);
  CHECK_THROWS_AS(read_maybe_gzip("/"), InputError);
}

}  // namespace chokepoint::sim
