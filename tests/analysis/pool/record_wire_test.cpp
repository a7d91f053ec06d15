#include "analysis/pool/record_wire.hpp"

#include <doctest/doctest.h>

#include "analysis/pool/random_record.hpp"
#include "analysis/pool/wire.hpp"
#include "models/contract/expects.hpp"

namespace chokepoint::analysis {

TEST_CASE("a record comes back from the wire bit by bit") {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const std::string bytes = encode_record(RandomRecord(seed)());
    CHECK(encode_record(decode_record(bytes)) == bytes);
  }
  const sim::Record record{
      "a", "A", 7, "1", "d", {{"x_mwh", "x", "MWh", 1.5, "energy"}}, {{"t", {{"n", sim::TextColumn{}}}}}};
  CHECK(decode_record(encode_record(record)) == record);
}

TEST_CASE("a record that is cut off anywhere is refused") {
  const std::string bytes = encode_record(RandomRecord(3)());
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_THROWS_AS(decode_record(std::string_view(bytes).substr(0, length)), WireError);
  CHECK_THROWS_AS(decode_record(bytes + "x"), WireError);
}

TEST_CASE("a record of another version is refused") {
  std::string bytes = encode_record({});
  ++bytes[0];
  CHECK_THROWS_AS(decode_record(bytes), WireError);
}

TEST_CASE("damaged bytes never give more than a refusal or another record") {
  std::mt19937_64 random(1);
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    std::string bytes = encode_record(RandomRecord(seed)());
    bytes[random() % bytes.size()] = static_cast<char>(random());
    try {
      decode_record(bytes);
    } catch (const WireError&) {
    }
  }
}

TEST_CASE("a table with columns of two lengths is a bug of its maker") {
  const sim::Record record{"", "", 0, "", "", {}, {{"t", {{"a", std::vector{1.0}}, {"b", std::vector{1.0, 2.0}}}}}};
  CHECK_THROWS_AS(encode_record(record), models::ContractViolation);
}

}  // namespace chokepoint::analysis
