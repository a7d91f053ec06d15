#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace chokepoint::analysis {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces, so that a file of any size is read through a small window.
class Sha256 {
 public:
  void add(std::string_view bytes);
  /// 64 hexadecimal digits, as `sha256sum` prints them; ends the work.
  [[nodiscard]] std::string finish();

 private:
  void take_block(const unsigned char* block);

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> block_{};
  std::uint64_t length_ = 0;
};

/// Of a whole text.
std::string sha256(std::string_view text);

}  // namespace chokepoint::analysis
