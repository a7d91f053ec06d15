#pragma once

#include <cmath>

namespace chokepoint::sim {

/// A sum whose error does not grow with the number of its terms (Neumaier 1974), so that energy balances to the last
/// digits after millions of events.
class CompensatedSum {
 public:
  void add(double term) {
    const double sum = sum_ + term;
    lost_ += std::abs(sum_) >= std::abs(term) ? (sum_ - sum) + term : (term - sum) + sum_;
    sum_ = sum;
  }
  [[nodiscard]] double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0.0;
  double lost_ = 0.0;
};

}  // namespace chokepoint::sim
