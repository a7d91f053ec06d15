#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace chokepoint::sim {

/// What a cohort of a region had on order of a product in the morning, and what of it was shipped; goods.
struct Allocation {
  Eigen::Index product = 0;
  std::size_t region = 0;
  std::string_view cohort;
  std::int64_t ordered = 0;
  std::int64_t shipped = 0;
};

/// Allocations of a day, one for each cohort, region and product.
class AllocationLog {
 public:
  void clear() { rows_.clear(); }
  /// Of one customer; added to those of its cohort.
  void note(const Allocation& of);

  /// In the order in which they were noted first.
  [[nodiscard]] const std::vector<Allocation>& rows() const { return rows_; }

 private:
  std::vector<Allocation> rows_;
  /// Row that was noted last.
  std::size_t last_ = 0;
};

}  // namespace chokepoint::sim
