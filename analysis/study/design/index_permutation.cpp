#include "analysis/study/design/index_permutation.hpp"

#include <algorithm>
#include <bit>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

constexpr unsigned rounds = 6;

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ull;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebull;
  return value ^ (value >> 31);
}

}  // namespace

// Over few numbers a Feistel network knows few orders: 256 is the least domain, and the walk through it brings all.
IndexPermutation::IndexPermutation(std::uint64_t size, std::uint64_t key)
    : size_(size), key_(key), half_bits_(std::max(4u, static_cast<unsigned>(std::bit_width(size - 1) + 1) / 2)) {
  models::expects(size >= 1 && size <= (std::uint64_t{1} << 62), "a permutation has 1 to 2^62 numbers");
}

std::uint64_t IndexPermutation::encrypt(std::uint64_t value) const {
  const std::uint64_t mask = (std::uint64_t{1} << half_bits_) - 1;
  std::uint64_t left = value >> half_bits_;
  std::uint64_t right = value & mask;
  for (unsigned round = 0; round < rounds; ++round) {
    const std::uint64_t key = key_ + (round + 1) * 0x9e3779b97f4a7c15ull;
    left ^= mixed(right + mixed(key)) & mask;
    std::swap(left, right);
  }
  return (left << half_bits_) | right;
}

std::uint64_t IndexPermutation::operator()(std::uint64_t index) const {
  do index = encrypt(index);
  while (index >= size_);
  return index;
}

}  // namespace chokepoint::analysis
