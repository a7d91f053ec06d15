#include "models/power/pue.hpp"

#include <algorithm>
#include <cmath>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

Pue::Pue(ConstantPue constant) : model_(constant) {
  expects(std::isfinite(constant.ratio) && constant.ratio >= 1.0, "a ratio of at least 1");
}

Pue::Pue(LoadAndWeatherPue model, double capacity_w) : model_(model), capacity_w_(capacity_w) {
  expects(std::isfinite(capacity_w) && capacity_w > 0.0, "a positive capacity");
  expects(model.fixed_share >= 0.0 && model.linear_share >= 0.0 && model.square_share >= 0.0,
          "shares that are not negative");
  expects(model.least_cop > 0.0 && model.most_cop >= model.least_cop, "positive coefficients of performance");
}

double Pue::cooling_factor(const LoadAndWeatherPue& model, double wet_bulb_c) const {
  const double cop = model.cop_at_reference - model.cop_fall_per_c * (wet_bulb_c - model.reference_wet_bulb_c);
  return 1.0 + 1.0 / std::clamp(cop, model.least_cop, model.most_cop);
}

double Pue::facility_power_w(double it_power_w, double wet_bulb_c) const {
  expects(it_power_w >= 0.0, "IT power that is not negative");
  if (const auto* constant = std::get_if<ConstantPue>(&model_)) return it_power_w * constant->ratio;
  const auto& model = std::get<LoadAndWeatherPue>(model_);
  const double load = it_power_w / capacity_w_;
  const double losses_w = capacity_w_ * (model.fixed_share + load * (model.linear_share + load * model.square_share));
  return (it_power_w + losses_w) * cooling_factor(model, wet_bulb_c);
}

double Pue::it_power_w_at(double facility_power_w, double wet_bulb_c) const {
  expects(facility_power_w >= 0.0, "facility power that is not negative");
  if (const auto* constant = std::get_if<ConstantPue>(&model_)) return facility_power_w / constant->ratio;
  const auto& model = std::get<LoadAndWeatherPue>(model_);
  // square x^2 + (1 + linear) x - rest = 0, solved in the form that does not cancel and holds for square = 0.
  const double rest = facility_power_w / cooling_factor(model, wet_bulb_c) / capacity_w_ - model.fixed_share;
  if (rest <= 0.0) return 0.0;
  const double slope = 1.0 + model.linear_share;
  return capacity_w_ * 2.0 * rest / (slope + std::sqrt(slope * slope + 4.0 * model.square_share * rest));
}

bool Pue::depends_on_weather() const {
  const auto* model = std::get_if<LoadAndWeatherPue>(&model_);
  return model != nullptr && model->cop_fall_per_c != 0.0;
}

}  // namespace chokepoint::models
