#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace chokepoint::models {

/// A set of node indices below a fixed limit that finds its lowest member fast: a bit a node, and above each 64 words
/// a word that says which of them are not empty. insert, erase, lowest, next: O(log64 n).
class NodeSet {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  NodeSet() = default;
  /// An empty set of indices below `limit`.
  explicit NodeSet(std::uint32_t limit);
  /// All indices below `limit`.
  static NodeSet full(std::uint32_t limit);

  void insert(std::uint32_t node);
  void erase(std::uint32_t node);
  [[nodiscard]] bool contains(std::uint32_t node) const;
  [[nodiscard]] std::uint32_t size() const { return size_; }
  /// `none` if the set is empty.
  [[nodiscard]] std::uint32_t lowest() const;

 private:
  std::vector<std::vector<std::uint64_t>> levels_;  // levels_[0] has a bit a node
  std::uint32_t size_ = 0;
};

}  // namespace chokepoint::models
