#include "sim/scenario/ensemble.hpp"

#include <cmath>

#include <fmt/format.h>

#include "sim/input/json_reader.hpp"

namespace chokepoint::sim {
namespace {

void visit_parameter(FieldVisitor& v, Ensemble::Parameter& parameter) {
  v.object("a parameter", [&] {
    v.field("name", "its name", required, [&] { v.name(parameter.name); });
    v.field("at", "JSON pointers that take its value", required, [&] {
      v.list(parameter.at, 1, [&](std::string& pointer) {
        if (v.sound([&] { v.name(pointer); }) && !pointer.starts_with('/'))
          v.refuse("a JSON pointer, such as /sites/0/pue", '"' + pointer + '"');
      });
    });
    v.field("unit", "unit of its values; empty for plain numbers", required, [&] { v.text(parameter.unit); });
    v.field("of", "names of what the pointers lead into, empty where it has none", optional, [&] {
      if (v.sound([&] { v.list(parameter.of, 0, [&](std::string& name) { v.text(name); }); }) &&
          parameter.of.size() != parameter.at.size())
        v.refuse(fmt::format("{} names, one a pointer", parameter.at.size()), fmt::format("{}", parameter.of.size()));
    });
  });
}

/// `parameters`: how many there are, where that is known.
void visit_set(FieldVisitor& v, Ensemble::Set& set, std::optional<std::size_t> parameters) {
  v.object("a set of values", [&] {
    v.field("values", "a number a parameter", required, [&] {
      if (v.sound([&] { v.list(set.values, 0, [&](double& value) { v.number(value, {}); }); }) && parameters &&
          set.values.size() != *parameters)
        v.refuse(fmt::format("{} values, one a parameter", *parameters), fmt::format("{}", set.values.size()));
    });
    v.field("misfit", "mean squared distance from the targets, in tolerances", required,
            [&] { v.number(set.misfit, Range::not_negative()); });
    v.field("weight", "share of the ensemble", required, [&] { v.number(set.weight, Range::not_negative()); });
    v.field("outcomes", "means of its replicates", optional, [&] { v.anything(); });
  });
}

void visit(FieldVisitor& v, Ensemble& ensemble) {
  v.object("an ensemble: sets of parameters that fit the same facts", [&] {
    for (const char* said : {"name", "made", "outcomes", "targets", "judgement", "mean_scores", "profiles"})
      v.field(said, "what it was made of", optional, [&] { v.anything(); });
    const bool known = v.sound([&] {
      v.field("parameters", "what the sets give values to", required,
              [&] { v.list(ensemble.parameters, 1, [&](auto& parameter) { visit_parameter(v, parameter); }); });
    });
    const auto parameters = known ? std::optional(ensemble.parameters.size()) : std::nullopt;
    v.field("best", "the set of the least misfit", required, [&] { visit_set(v, ensemble.best, parameters); });
    v.field("sets", "sets that fit", required, [&] {
      v.list(ensemble.sets, 1, [&](auto& set) { visit_set(v, set, parameters); });
      double weights = 0.0;
      for (const Ensemble::Set& set : ensemble.sets) weights += set.weight;
      if (!ensemble.sets.empty() && weights <= 0.0) v.refuse("sets with some weight", "none");
    });
  });
}

Json setting_value(double value, const std::string& unit) {
  return unit.empty() ? Json(value) : Json(fmt::format("{} {}", value, unit));
}

/// A list that was written anew may hold something else where the ensemble's value was fitted.
void expect_name_on_way(const ScenarioDocument& document, const Setting& setting, const std::string& fitted) {
  const std::string name = name_on_way(document.root(), setting.pointer);
  if (fitted.empty() || name == fitted) return;
  throw InputError(Fault{.file = setting.source,
                         .where = setting.words,
                         .expected = fmt::format("{} to lie in \"{}\"", setting.pointer, fitted),
                         .found = name.empty() ? "it in nothing that has a name" : fmt::format("it in \"{}\"", name),
                         .hint = {}});
}

}  // namespace

std::string name_on_way(const Json& root, const std::string& pointer) {
  std::string name;
  for (Json::json_pointer place(pointer); !place.empty() && name.empty(); place.pop_back()) {
    if (!root.contains(place) || !root.at(place.parent_pointer()).is_array()) continue;
    const auto found = root.at(place).find("name");
    if (found != root.at(place).end() && found->is_string()) name = found->get<std::string>();
  }
  return name;
}

Ensemble load_ensemble(const std::filesystem::path& path, const JsonLoader& load) {
  const Json root = load(path);
  Ensemble ensemble;
  JsonReader reader(root, path.string());
  visit(reader, ensemble);
  throw_if_any(reader.take_faults());
  ensemble.file = path.string();
  return ensemble;
}

std::optional<Ensemble> ensemble_of(const ScenarioDocument& document, const JsonLoader& load) {
  const auto named = document.root().find("ensemble");
  if (named == document.root().end() || !named->is_string()) return std::nullopt;  // its reader refuses other forms
  return load_ensemble(document.folder_of("/ensemble") / named->get<std::string>(), load);
}

void apply(ScenarioDocument& document, const Ensemble& ensemble, const Ensemble::Set& set) {
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < ensemble.parameters.size(); ++i) {
    const Ensemble::Parameter& parameter = ensemble.parameters[i];
    for (std::size_t k = 0; k < parameter.at.size(); ++k) {
      if (document.is_set(parameter.at[k])) continue;
      const Setting setting{.pointer = parameter.at[k],
                            .value = setting_value(set.values[i], parameter.unit),
                            .words = fmt::format("/parameters/{}/at/{}", i, k),
                            .source = ensemble.file};
      gather_faults(faults, [&] {
        document.set(setting);
        if (k < parameter.of.size()) expect_name_on_way(document, setting, parameter.of[k]);
      });
    }
  }
  throw_if_any(std::move(faults));
  document.set({.pointer = "/ensemble", .value = nullptr, .words = {}});
}

}  // namespace chokepoint::sim
