#include "analysis/study/design/grid.hpp"

namespace chokepoint::analysis {

Grid::Grid(std::span<const Parameter> parameters) {
  for (const Parameter& parameter : parameters) points_ *= levels(parameter);
}

std::vector<ParameterValue> Grid::values(std::span<const Parameter> parameters, std::uint64_t index) const {
  std::vector<ParameterValue> values(parameters.size());
  for (std::size_t i = parameters.size(); i-- > 0;) {
    const std::uint64_t count = levels(parameters[i]);
    values[i] = level(parameters[i], index % count);
    index /= count;
  }
  return values;
}

}  // namespace chokepoint::analysis
