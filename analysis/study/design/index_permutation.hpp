#pragma once

#include <cstdint>

namespace chokepoint::analysis {

/// A random order of the whole numbers below `size`, known by its key alone: no table, and the place of any number at
/// once. A Feistel network over the next larger power of 4, walked until it comes back below `size` (Black and Rogaway
/// 2002, "Ciphers with arbitrary finite domains"). For chance, not for secrecy.
class IndexPermutation {
 public:
  /// 1 <= size <= 2^62.
  IndexPermutation(std::uint64_t size, std::uint64_t key);

  /// Where `index` < size stands.
  [[nodiscard]] std::uint64_t operator()(std::uint64_t index) const;

 private:
  [[nodiscard]] std::uint64_t encrypt(std::uint64_t value) const;

  std::uint64_t size_;
  std::uint64_t key_;
  unsigned half_bits_;
};

}  // namespace chokepoint::analysis
