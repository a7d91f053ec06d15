#pragma once

#include <compare>

#include "models/quantity/dimension.hpp"

namespace chokepoint::models {

/// A number with a dimension that the compiler checks, held in base units (s, J, W, byte, FLOP, kg, K).
/// Made for interfaces; inside a loop take `.value`.
template <Dimension D>
struct Quantity {
  double value = 0.0;

  friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
  constexpr Quantity operator-() const { return {-value}; }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.value + b.value}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.value - b.value}; }
  friend constexpr Quantity operator*(Quantity a, double factor) { return {a.value * factor}; }
  friend constexpr Quantity operator*(double factor, Quantity a) { return {a.value * factor}; }
  friend constexpr Quantity operator/(Quantity a, double divisor) { return {a.value / divisor}; }
};

template <Dimension A, Dimension B>
constexpr auto operator*(Quantity<A> a, Quantity<B> b) {
  if constexpr (A + B == dimension::none) {
    return a.value * b.value;
  } else {
    return Quantity<A + B>{a.value * b.value};
  }
}

template <Dimension A, Dimension B>
constexpr auto operator/(Quantity<A> a, Quantity<B> b) {
  if constexpr (A == B) {
    return a.value / b.value;
  } else {
    return Quantity<A - B>{a.value / b.value};
  }
}

using Duration = Quantity<dimension::time>;
using Energy = Quantity<dimension::energy>;
using Power = Quantity<dimension::power>;
using Data = Quantity<dimension::data>;
using Bandwidth = Quantity<dimension::bandwidth>;
using Work = Quantity<dimension::work>;
using WorkRate = Quantity<dimension::work_rate>;
using CarbonIntensity = Quantity<dimension::mass_per_energy>;

inline constexpr double joules_per_kwh = 3.6e6;
inline constexpr double seconds_per_hour = 3600.0;
inline constexpr double seconds_per_day = 86400.0;

constexpr Duration seconds(double value) {
  return {value};
}
constexpr Duration hours(double value) {
  return {value * seconds_per_hour};
}
constexpr Duration days(double value) {
  return {value * seconds_per_day};
}
constexpr Power watts(double value) {
  return {value};
}
constexpr Power kilowatts(double value) {
  return {value * 1e3};
}
constexpr Power megawatts(double value) {
  return {value * 1e6};
}
constexpr Energy kilowatt_hours(double value) {
  return {value * joules_per_kwh};
}

}  // namespace chokepoint::models
