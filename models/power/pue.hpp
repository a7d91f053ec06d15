#pragma once

#include <variant>

namespace chokepoint::models {

/// The same ratio of facility to IT power at every load and in every weather.
struct ConstantPue {
  double ratio = 1.0;
};

/// Losses of UPS and transformers as a quadratic in the load x = IT power / capacity (fixed + linear x + square x^2,
/// each a share of the capacity; form of Pelley et al., Understanding and Abstracting Total Data Center Power, WEED
/// 2009), and cooling of all heat at a coefficient of performance that falls with outdoor wet-bulb temperature.
struct LoadAndWeatherPue {
  double fixed_share = 0.0;
  double linear_share = 0.0;
  double square_share = 0.0;

  /// cop(T) = cop_at_reference - cop_fall_per_c (T - reference_wet_bulb_c), kept within [least_cop, most_cop].
  double cop_at_reference = 5.0;
  double reference_wet_bulb_c = 20.0;
  double cop_fall_per_c = 0.0;
  double least_cop = 1.0;
  double most_cop = 20.0;
};

/// Facility power from IT power and back, at a site of a given IT capacity. Both are increasing in IT power. Leaves
/// out redundancy switching, heat stored in the building and humidity apart from the wet-bulb temperature.
class Pue {
 public:
  /// No losses: a ratio of 1.
  Pue() = default;
  /// Expects a ratio of at least 1.
  explicit Pue(ConstantPue constant);
  /// Expects a positive capacity, shares that are not negative and positive coefficients of performance.
  Pue(LoadAndWeatherPue model, double capacity_w);

  /// What the facility draws, W. At no IT power the fixed part remains (none for a constant).
  [[nodiscard]] double facility_power_w(double it_power_w, double wet_bulb_c) const;
  /// The most IT power, W, that a facility power allows: the exact inverse; 0 where the fixed part takes it all.
  [[nodiscard]] double it_power_w_at(double facility_power_w, double wet_bulb_c) const;
  [[nodiscard]] bool depends_on_weather() const;

 private:
  /// W drawn per W of heat and load: 1 + 1 / cop.
  [[nodiscard]] double cooling_factor(const LoadAndWeatherPue& model, double wet_bulb_c) const;

  std::variant<ConstantPue, LoadAndWeatherPue> model_;
  double capacity_w_ = 1.0;
};

}  // namespace chokepoint::models
