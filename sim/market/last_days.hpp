#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {

/// A value a day, as far back as somebody looks.
template <class Value>
class LastDays {
 public:
  /// Today's and those of `back` days before.
  explicit LastDays(std::size_t back = 0) : most_(back + 1) {}

  /// Today's: the day begins.
  void push(Value value) {
    if (values_.size() < most_)
      values_.push_back(std::move(value));
    else
      values_[next_] = std::move(value);
    next_ = next_ + 1 < most_ ? next_ + 1 : 0;
  }

  /// Of as many days before, at most `back`; the first one's where there were not yet so many.
  [[nodiscard]] const Value& ago(std::size_t days) const {
    models::expects(!values_.empty() && days < most_, "that day is remembered");
    const std::size_t back = 1 + std::min(days, values_.size() - 1);
    return values_[back <= next_ ? next_ - back : next_ + most_ - back];
  }
  [[nodiscard]] const Value& last() const { return ago(0); }
  /// Days that are remembered.
  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  std::size_t most_;
  std::size_t next_ = 0;
  std::vector<Value> values_;
};

}  // namespace chokepoint::sim
