#include "analysis/study/load_study.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "analysis/study/design_reader.hpp"
#include "analysis/study/parameter_reader.hpp"
#include "analysis/study/study_trial.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/record/lower_case.hpp"

namespace chokepoint::analysis {
namespace {

/// Whether one pointer hits the other's place or something within it.
bool overlap(const std::string& a, const std::string& b) {
  const auto [shorter, longer] = a.size() <= b.size() ? std::tie(a, b) : std::tie(b, a);
  return longer.starts_with(shorter) && (longer.size() == shorter.size() || longer[shorter.size()] == '/');
}

class StudyReader {
 public:
  StudyReader(const std::filesystem::path& path, const sim::JsonLoader& load)
      : faults_(path.string()),
        folder_(path.parent_path()),
        load_(load),
        json_(load(path)),
        fields_(sim::read_value<StudyFields>(json_, path.string())) {}

  Study read() {
    check_names();
    check_places();
    read_parameters();
    read_base();
    read_seed();
    if (faults_.empty()) {
      DesignReader reader({.parameters = parameters_, .seed = seed_, .json = json_["design"]}, faults_);
      design_ = reader.read(fields_.design);
    }
    faults_.throw_if_any();
    Study study{.file = faults_.file(),
                .name = fields_.name,
                .title = fields_.title.empty() ? fields_.name : fields_.title,
                .description = fields_.description,
                .base = *std::move(base_),
                .parameters = std::move(parameters_),
                .outcomes = {},
                .design = std::move(design_),
                .replicates = fields_.replicates,
                .seed = seed_,
                .series = std::move(fields_.series),
                .json = std::move(json_)};
    for (OutcomeFields& outcome : fields_.outcomes)
      study.outcomes.push_back({.name = std::move(outcome.name), .figure = std::move(outcome.figure)});
    try_parameters(study, faults_);
    faults_.throw_if_any();
    return study;
  }

 private:
  static std::string parameter_place(std::size_t index) { return fmt::format("/parameters/{}", index); }

  void check_names() {
    std::set<std::string> names;
    const auto check = [&](const std::string& name, std::string place) {
      if (!names.insert(sim::lower_case(name)).second)
        faults_.refuse(std::move(place), "parameters and outcomes of different names", '"' + name + "\" a second time");
    };
    for (std::size_t i = 0; i < fields_.parameters.size(); ++i)
      check(fields_.parameters[i].name, parameter_place(i) + "/name");
    for (std::size_t i = 0; i < fields_.outcomes.size(); ++i)
      check(fields_.outcomes[i].name, fmt::format("/outcomes/{}", i));
  }

  void check_places() {
    std::vector<std::pair<std::string, std::string>> taken;  // pointer, who took it
    const auto check = [&](const std::string& pointer, const std::string& place, const std::string& who) {
      if (!pointer.starts_with('/'))
        return faults_.refuse(place, "a JSON pointer, such as /sites/0/pue", '"' + pointer + '"');
      for (const auto& [other, owner] : taken)
        if (overlap(pointer, other))
          return faults_.refuse(place, "a place that nothing else sets", pointer + ", which " + owner + " sets",
                                other == pointer ? "" : "by " + other);
      taken.emplace_back(pointer, who);
    };
    for (const auto& [pointer, value] : fields_.set) check(pointer, sim::child_pointer("/set", pointer), "\"set\"");
    for (std::size_t i = 0; i < fields_.parameters.size(); ++i)
      for (const std::string& pointer : fields_.parameters[i].at)
        check(pointer, parameter_place(i) + "/at", '"' + fields_.parameters[i].name + '"');
  }

  void read_parameters() {
    ParameterReader reader({.folder = folder_, .load = load_}, faults_);
    for (std::size_t i = 0; i < fields_.parameters.size(); ++i) {
      const ParameterFields& fields = fields_.parameters[i];
      const bool stated = fields.from || fields.to || fields.distribution || fields.choices || fields.files;
      auto parameter = !stated && std::holds_alternative<ListFields>(fields_.design)
                           ? reader.read_listed(fields, listed_values(fields.name), parameter_place(i))
                           : reader.read(fields, json_["parameters"][i], parameter_place(i));
      if (parameter) parameters_.push_back(*std::move(parameter));
    }
  }

  void read_base() {
    Parameter* scenarios = nullptr;
    for (Parameter& parameter : parameters_) {
      if (!parameter.at.empty()) continue;
      if (scenarios != nullptr)
        faults_.refuse(parameter.place, "one parameter whose files are scenarios", "a second one", "\"at\" missing?");
      scenarios = &parameter;
    }
    if (scenarios != nullptr && fields_.scenario)
      return faults_.refuse("/scenario", "none, since the files of \"" + scenarios->name + "\" are scenarios",
                            '"' + *fields_.scenario + '"', "\"at\" missing at the parameter?");
    if (scenarios == nullptr && !fields_.scenario)
      return faults_.refuse("/", "the key \"scenario\", or a parameter of \"files\" without \"at\"", "neither");
    if (scenarios == nullptr) {
      faults_.gather([&] { base_ = sim::ScenarioDocument(folder_ / *fields_.scenario, load_); });
      if (base_) set_for_all(*base_);
      return;
    }
    auto& choices = std::get<std::vector<Choice>>(scenarios->values);
    for (Choice& choice : choices) set_for_all(*choice.scenario);
    if (!choices.empty()) base_ = choices.front().scenario;
  }

  void read_seed() {
    if (base_ && base_->root().contains("seed") && base_->root()["seed"].is_number_unsigned())
      seed_ = base_->root()["seed"].get<std::uint64_t>();
    if (fields_.seed) seed_ = static_cast<std::uint64_t>(*fields_.seed);
  }

  void set_for_all(sim::ScenarioDocument& document) {
    for (const auto& entry : fields_.set)
      faults_.gather([&] {
        document.set({.pointer = entry.first,
                      .value = json_["set"][entry.first],
                      .words = sim::child_pointer("/set", entry.first),
                      .source = faults_.file(),
                      .folder = folder_});
      });
  }

  /// What the points of a list say for a parameter.
  [[nodiscard]] std::vector<sim::Json> listed_values(const std::string& name) const {
    std::vector<sim::Json> values;
    for (const sim::Json& point : json_["design"]["points"])
      if (point.contains(name)) values.push_back(point[name]);
    return values;
  }

  StudyFaults faults_;
  std::filesystem::path folder_;
  const sim::JsonLoader& load_;
  sim::Json json_;
  StudyFields fields_;
  std::vector<Parameter> parameters_;
  std::optional<sim::ScenarioDocument> base_;
  std::uint64_t seed_ = 1;
  std::shared_ptr<const Design> design_;
};

}  // namespace

Study load_study(const std::filesystem::path& path, const sim::JsonLoader& load) {
  return StudyReader(path, load).read();
}

}  // namespace chokepoint::analysis
