#include "analysis/study/study.hpp"

#include "models/contract/expects.hpp"
#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::analysis {

std::uint64_t points(const Study& study) {
  return study.design->points();
}

Point point_at(const Study& study, std::uint64_t index) {
  models::expects(index < study.design->points(), "a point of the study");
  return {.index = index, .values = study.design->values(study.parameters, index)};
}

std::vector<sim::Setting> settings_of(const Study& study, const Parameter& parameter, const ParameterValue& value) {
  std::vector<sim::Setting> settings;
  for (const std::string& pointer : parameter.at)
    settings.push_back({.pointer = pointer,
                        .value = json_of(parameter, value),
                        .words = parameter.place + "/at",
                        .source = study.file,
                        .folder = parameter.choices() ? parameter.choice(std::get<std::string>(value)).folder : ""});
  return settings;
}

sim::ScenarioDocument document_at(const Study& study, const Point& point) {
  const auto chosen = [&]() -> const sim::ScenarioDocument& {
    for (std::size_t i = 0; i < study.parameters.size(); ++i)
      if (study.parameters[i].at.empty())
        return *study.parameters[i].choice(std::get<std::string>(point.values[i])).scenario;
    return study.base;
  };
  sim::ScenarioDocument document = chosen();
  for (std::size_t i = 0; i < study.parameters.size(); ++i)
    for (const sim::Setting& setting : settings_of(study, study.parameters[i], point.values[i])) document.set(setting);
  return document;
}

sim::Scenario scenario_at(const Study& study, const Point& point) {
  return sim::load_scenario(document_at(study, point));
}

}  // namespace chokepoint::analysis
