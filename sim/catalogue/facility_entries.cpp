#include "sim/catalogue/facility_entries.hpp"

#include <array>

namespace chokepoint::sim {
namespace {

namespace dimension = models::dimension;

void visit_constant(FieldVisitor& v, models::ConstantPue& model) {
  v.field("pue", "facility power over IT power", required, [&] { v.number(model.ratio, {.low = 1.0, .high = 10.0}); });
}

void visit_load_and_weather(FieldVisitor& v, models::LoadAndWeatherPue& model) {
  v.field("fixed_loss", "losses without load, of the capacity", required,
          [&] { v.number(model.fixed_share, Range::share()); });
  v.field("linear_loss", "losses that follow the load, at capacity", required,
          [&] { v.number(model.linear_share, Range::share()); });
  v.field("square_loss", "losses that follow the square of the load, at capacity", required,
          [&] { v.number(model.square_share, Range::share()); });
  v.field("cop", "heat carried away by a unit of energy at the reference temperature", required,
          [&] { v.number(model.cop_at_reference, Range::positive()); });
  v.field("cop_wet_bulb", "the reference wet-bulb temperature", required,
          [&] { v.quantity(model.reference_wet_bulb_c, dimension::temperature, {.low = -60.0, .high = 60.0}); });
  v.field("cop_fall_per_degree", "loss of that with each degree more", required,
          [&] { v.number(model.cop_fall_per_c, Range::not_negative()); });
  v.field("least_cop", "in the greatest heat", required, [&] { v.number(model.least_cop, Range::positive()); });
  v.field("most_cop", "in the greatest cold", required, [&] {
    v.number(model.most_cop, Range::positive());
    if (model.most_cop < model.least_cop) v.refuse("a number of at least least_cop", "less");
  });
}

}  // namespace

models::Pue Cooling::pue(double it_capacity_w) const {
  if (const auto* constant = std::get_if<models::ConstantPue>(&model)) return models::Pue(*constant);
  return {std::get<models::LoadAndWeatherPue>(model), it_capacity_w};
}

void visit_cooling_fields(FieldVisitor& v, Cooling& cooling) {
  const std::array kinds{
      FieldVisitor::Kind{"constant", "the same PUE at every load and in every weather",
                         [&] { visit_constant(v, cooling.model.emplace<models::ConstantPue>()); }},
      FieldVisitor::Kind{"load-and-weather", "PUE by load and outdoor wet-bulb temperature",
                         [&] { visit_load_and_weather(v, cooling.model.emplace<models::LoadAndWeatherPue>()); }},
  };
  v.kind(kinds);
}

void visit_climate_fields(FieldVisitor& v, models::WetBulbClimate& climate) {
  v.field("mean", "annual mean of the wet-bulb temperature", required,
          [&] { v.quantity(climate.mean_c, dimension::temperature, {.low = -60.0, .high = 60.0}); });
  v.field("half_range", "from the mean to late July; negative in the south", required,
          [&] { v.quantity(climate.half_range_c, dimension::temperature, {.low = -60.0, .high = 60.0}); });
}

void visit(FieldVisitor& v, Entry<Cooling>& entry) {
  v.object("how a facility is supplied and cooled", [&] {
    visit_provenance(v, entry.provenance);
    visit_cooling_fields(v, entry.value);
  });
}

void visit(FieldVisitor& v, Entry<models::WetBulbClimate>& entry) {
  v.object("wet-bulb temperature of a place", [&] {
    visit_provenance(v, entry.provenance);
    visit_climate_fields(v, entry.value);
  });
}

void visit(FieldVisitor& v, Entry<models::CarbonIntensity>& entry) {
  v.object("carbon that the average kilowatt-hour of a grid stands for", [&] {
    visit_provenance(v, entry.provenance);
    v.field("intensity", "mass of CO2 for an energy", required,
            [&] { v.quantity(entry.value.value, dimension::mass_per_energy, Range::not_negative()); });
  });
}

}  // namespace chokepoint::sim
