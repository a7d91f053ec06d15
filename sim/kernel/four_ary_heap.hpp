#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace chokepoint::sim {

/// A heap of four children a node, least entry first by `Before`: fewer levels than two, and the children of a node
/// share a cache line or two. push and pop: O(log n).
template <class Entry, class Before>
class FourAryHeap {
 public:
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] const Entry& top() const { return entries_.front(); }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  void push(const Entry& entry) {
    std::size_t position = entries_.size();
    entries_.push_back(entry);
    while (position > 0) {
      const std::size_t parent = (position - 1) / children;
      if (!Before{}(entry, entries_[parent])) break;
      entries_[position] = entries_[parent];
      position = parent;
    }
    entries_[position] = entry;
  }

  void pop() {
    const Entry last = entries_.back();
    entries_.pop_back();
    if (!entries_.empty()) sift_down(0, last);
  }

  template <class Condition>
  void erase_if(Condition condition) {
    std::erase_if(entries_, condition);
    for (std::size_t position = entries_.size(); position-- > 0;) sift_down(position, Entry(entries_[position]));
  }

 private:
  static constexpr std::size_t children = 4;

  void sift_down(std::size_t position, const Entry& entry) {
    for (;;) {
      const std::size_t first = position * children + 1;
      if (first >= entries_.size()) break;
      const std::size_t last = std::min(first + children, entries_.size());
      std::size_t least = first;
      for (std::size_t child = first + 1; child < last; ++child)
        if (Before{}(entries_[child], entries_[least])) least = child;
      if (!Before{}(entries_[least], entry)) break;
      entries_[position] = entries_[least];
      position = least;
    }
    entries_[position] = entry;
  }

  std::vector<Entry> entries_;
};

}  // namespace chokepoint::sim
