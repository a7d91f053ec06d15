#include "analysis/study/design/cube_design.hpp"

namespace chokepoint::analysis {

std::vector<ParameterValue> CubeDesign::values(std::span<const Parameter> parameters, std::uint64_t index) const {
  std::vector<double> coordinates(parameters.size());
  place(index, coordinates);
  std::vector<ParameterValue> values;
  values.reserve(parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) values.push_back(value_at(parameters[i], coordinates[i]));
  return values;
}

}  // namespace chokepoint::analysis
