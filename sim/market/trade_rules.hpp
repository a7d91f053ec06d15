#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace chokepoint::sim {

/// A stop of a product's imports into a region: known from a day on, in force from another, until a third. A rule that
/// came true other than announced is two: the one that was believed, with `in_force` false, until the day on which
/// the other became known.
struct TradeStop {
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

  std::size_t product = 0;
  std::size_t region = 0;
  std::int64_t announced_day = 0;
  std::int64_t effective_day = 0;
  std::int64_t end_day = never;
  /// From which nobody believes it any longer.
  std::int64_t forgotten_day = never;
  /// Whether it comes true.
  bool in_force = true;
};

/// What may be delivered where and when, and what is known of it on a day.
class TradeRules {
 public:
  TradeRules() = default;
  explicit TradeRules(std::vector<TradeStop> stops) : stops_(std::move(stops)) {}

  struct Lane {
    std::size_t product = 0;
    std::size_t region = 0;
  };
  [[nodiscard]] bool legal(Lane lane, std::int64_t day) const;
  /// Of the `days` after `today`, the share on which deliveries are legal as known today.
  [[nodiscard]] double legal_share(Lane lane, std::int64_t today, double days) const;
  /// Whether what is ordered today and comes in `days` will be legal, as known today.
  [[nodiscard]] bool legal_after(Lane lane, std::int64_t today, double days) const;

 private:
  [[nodiscard]] static bool known(const TradeStop& stop, Lane lane, std::int64_t today);

  std::vector<TradeStop> stops_;
};

}  // namespace chokepoint::sim
