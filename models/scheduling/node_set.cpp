#include "models/scheduling/node_set.hpp"

#include <bit>

namespace chokepoint::models {
namespace {
constexpr std::uint32_t word_bits = 64;
constexpr std::uint64_t bit(std::uint32_t index) {
  return std::uint64_t{1} << (index % word_bits);
}
}  // namespace

NodeSet::NodeSet(std::uint32_t limit) {
  std::uint32_t words = limit;
  do {
    words = (words + word_bits - 1) / word_bits;
    levels_.emplace_back(words, 0);
  } while (words > 1);
}

NodeSet NodeSet::full(std::uint32_t limit) {
  NodeSet set(limit);
  std::uint32_t members = limit;
  for (std::vector<std::uint64_t>& level : set.levels_) {
    for (std::uint32_t word = 0; word < level.size(); ++word) {
      const std::uint32_t rest = members - word * word_bits;
      level[word] = rest >= word_bits ? ~std::uint64_t{0} : bit(rest) - 1;
    }
    members = static_cast<std::uint32_t>(level.size());
  }
  set.size_ = limit;
  return set;
}

void NodeSet::insert(std::uint32_t node) {
  if (contains(node)) return;
  ++size_;
  for (std::vector<std::uint64_t>& level : levels_) {
    std::uint64_t& word = level[node / word_bits];
    const bool was_empty = word == 0;
    word |= bit(node);
    if (!was_empty) return;
    node /= word_bits;
  }
}

void NodeSet::erase(std::uint32_t node) {
  if (!contains(node)) return;
  --size_;
  for (std::vector<std::uint64_t>& level : levels_) {
    std::uint64_t& word = level[node / word_bits];
    word &= ~bit(node);
    if (word != 0) return;
    node /= word_bits;
  }
}

bool NodeSet::contains(std::uint32_t node) const {
  return (levels_[0][node / word_bits] & bit(node)) != 0;
}

std::uint32_t NodeSet::lowest() const {
  if (size_ == 0) return none;
  std::uint32_t index = 0;
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
    index = index * word_bits + static_cast<std::uint32_t>(std::countr_zero((*level)[index]));
  return index;
}

}  // namespace chokepoint::models
