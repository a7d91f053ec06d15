#include "analysis/study/design_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "analysis/study/design/grid.hpp"
#include "analysis/study/design/latin_hypercube.hpp"
#include "analysis/study/design/morris.hpp"
#include "analysis/study/design/point_list.hpp"
#include "analysis/study/design/saltelli.hpp"
#include "analysis/study/design/sobol_design.hpp"
#include "analysis/study/parameter_reader.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::analysis {
namespace {

constexpr std::uint64_t most_design_points = 1'000'000'000;

}  // namespace

std::shared_ptr<const Design> DesignReader::read(const DesignFields& fields) {
  const std::size_t before = faults_.count();
  auto design = std::visit([this](const auto& each) { return make(each); }, fields);
  return faults_.count() > before ? nullptr : design;
}

DesignChance DesignReader::chance() const {
  DesignChance chance{.seed = context_.seed, .names = {}};
  for (const Parameter& parameter : context_.parameters) chance.names.push_back(parameter.name);
  return chance;
}

bool DesignReader::few_enough(std::uint64_t count, std::uint64_t each) {
  if (count <= most_design_points / each) return true;
  faults_.refuse("/design", fmt::format("at most {} points", most_design_points),
                 fmt::format("{} times {}", count, each));
  return false;
}

bool DesignReader::few_dimensions(std::size_t dimensions) {
  if (dimensions <= SobolSequence::most_dimensions) return true;
  faults_.refuse("/parameters",
                 fmt::format("at most {} dimensions of a Sobol sequence", SobolSequence::most_dimensions),
                 std::to_string(dimensions));
  return false;
}

DesignReader::Made DesignReader::make(const GridFields&) {
  std::uint64_t points = 1;
  for (const Parameter& parameter : context_.parameters) {
    if (parameter.numbers() != nullptr && !parameter.numbers()->steps) {
      faults_.refuse(parameter.place, "the key \"steps\" (how many numbers the grid takes)", "none");
    } else if (few_enough(points, levels(parameter))) {
      points *= levels(parameter);
    } else {
      return nullptr;
    }
  }
  const bool complete = std::ranges::all_of(context_.parameters, [](const Parameter& each) {
    return each.numbers() == nullptr || each.numbers()->steps.has_value();
  });
  return complete ? std::make_shared<Grid>(context_.parameters) : nullptr;
}

DesignReader::Made DesignReader::make(const ListFields&) {
  ParameterReader reader({.folder = {}, .load = {}}, faults_);
  const auto& names = context_.names;
  std::vector<std::vector<ParameterValue>> points;
  const sim::Json& listed = context_.json["points"];
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const std::string place = fmt::format("/design/points/{}", i);
    for (const auto& [name, value] : listed[i].items())
      if (std::ranges::find(names, name) == names.end())
        faults_.refuse(sim::child_pointer(place, name), "a parameter of the study", '"' + name + '"',
                       sim::name_hint(name, names));
    std::vector<ParameterValue>& point = points.emplace_back();
    for (const Parameter& parameter : context_.parameters) {
      if (!listed[i].contains(parameter.name)) {
        faults_.refuse(place, "a value for \"" + parameter.name + '"', "none");
      } else if (auto value = reader.read_value(parameter, listed[i][parameter.name],
                                                sim::child_pointer(place, parameter.name))) {
        point.push_back(*std::move(value));
      }
    }
  }
  return std::make_shared<PointList>(std::move(points));
}

DesignReader::Made DesignReader::make(const LatinHypercubeFields& sample) {
  return std::make_shared<LatinHypercube>(static_cast<std::uint64_t>(sample.points), chance());
}

DesignReader::Made DesignReader::make(const SobolFields& sample) {
  if (!few_dimensions(context_.parameters.size())) return nullptr;
  return std::make_shared<SobolDesign>(static_cast<std::uint64_t>(sample.points), chance());
}

DesignReader::Made DesignReader::make(const SaltelliFields& sample) {
  if (!few_dimensions(2 * context_.parameters.size())) return nullptr;
  const Saltelli::Form form{.base = static_cast<std::uint64_t>(sample.base), .second_order = sample.second_order};
  auto design = std::make_shared<Saltelli>(form, chance());
  return few_enough(form.base, design->block()) ? design : nullptr;
}

// A step has a meaning only where values have an order and two ends; of two choices it is the change of one for the
// other.
DesignReader::Made DesignReader::make(const MorrisFields& sample) {
  for (const Parameter& parameter : context_.parameters) {
    if (const auto* choices = parameter.choices(); choices != nullptr && choices->size() != 2)
      faults_.refuse(parameter.place, "numbers or two choices, since steps of a Morris design need an order",
                     fmt::format("{} choices", choices->size()));
    if (parameter.numbers() != nullptr && !is_bounded(parameter.numbers()->distribution))
      faults_.refuse(parameter.place + "/distribution",
                     "\"low\" and \"high\" beside it, the ends of the steps of a Morris design", "an open end");
  }
  const Morris::Form form{.trajectories = static_cast<std::uint64_t>(sample.trajectories),
                          .levels = static_cast<std::uint64_t>(sample.levels)};
  if (!few_enough(form.trajectories, context_.parameters.size() + 1)) return nullptr;
  return std::make_shared<Morris>(form, chance());
}

}  // namespace chokepoint::analysis
