#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "sim/input/fault.hpp"

namespace chokepoint::sim {

/// The faults of a file of many rows: the first `most` by line, and how many more there were.
class RowFaults {
 public:
  explicit RowFaults(std::string file, std::size_t most = 20) : file_(std::move(file)), most_(most) {}

  void add(std::size_t line, std::string expected, std::string found, std::string hint = {}) {
    if (++count_ > most_) return;
    faults_.push_back({.file = file_,
                       .where = "line " + std::to_string(line),
                       .expected = std::move(expected),
                       .found = std::move(found),
                       .hint = std::move(hint)});
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::vector<Fault> take() {
    if (count_ > most_)
      faults_.push_back({.file = file_,
                         .where = {},
                         .expected = {},
                         .found = std::to_string(count_ - most_) + " more faults of this kind",
                         .hint = {}});
    count_ = 0;
    return std::exchange(faults_, {});
  }
  void throw_if_any() { sim::throw_if_any(take()); }

 private:
  std::string file_;
  std::size_t most_;
  std::size_t count_ = 0;
  std::vector<Fault> faults_;
};

}  // namespace chokepoint::sim
