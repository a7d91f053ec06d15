#include "analysis/study/load_study.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "analysis/study/design_reader.hpp"
#include "analysis/study/facts_reader.hpp"
#include "analysis/study/parameter_reader.hpp"
#include "analysis/study/study_trial.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/input/near_name.hpp"
#include "sim/record/lower_case.hpp"

namespace chokepoint::analysis {
namespace {

/// Whether one pointer hits the other's place or something within it.
bool overlap(const std::string& a, const std::string& b) {
  return sim::lies_within(a, b) || sim::lies_within(b, a);
}

class StudyReader {
 public:
  StudyReader(const std::filesystem::path& path, const sim::JsonLoader& load)
      : faults_(path.string()), folder_(path.parent_path()), load_(load), json_(load(path)) {
    sim::JsonReader reader(json_, path.string());
    visit(reader, fields_);
    form_faults_ = reader.take_faults();
    for (const sim::Fault& fault : form_faults_) faults_.add(fault);
  }

  StudyReading read() {
    check_names();
    check_places();
    read_parameters();
    read_base();
    read_seed();
    read_design();
    try_skipped();
    check_targets();
    read_facts();
    if (!base_) return {.study = {}, .faults = std::move(faults_).take()};
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
                .targets = std::move(fields_.targets),
                .facts = std::move(facts_),
                .calibration = fields_.calibration,
                .json = std::move(json_)};
    for (OutcomeFields& outcome : fields_.outcomes)
      study.outcomes.push_back({.name = std::move(outcome.name), .figure = std::move(outcome.figure)});
    try_parameters(study, unread_, faults_);
    return {.study = std::move(study), .faults = std::move(faults_).take()};
  }

 private:
  /// Whether the file states something at the place, and in the form that it has there.
  [[nodiscard]] bool is_sound(const std::string& place) const {
    return json_.contains(sim::Json::json_pointer(place)) &&
           std::ranges::none_of(form_faults_,
                                [&](const sim::Fault& fault) { return sim::lies_within(fault.where, place); });
  }

  static std::string parameter_place(std::size_t index) { return fmt::format("/parameters/{}", index); }

  void check_names() {
    std::set<std::string> names;
    const auto check = [&](const std::string& name, std::string place) {
      if (!name.empty() && !names.insert(sim::lower_case(name)).second)
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
      if (!pointer.starts_with('/')) {
        faults_.refuse(place, "a JSON pointer, such as /sites/0/pue", '"' + pointer + '"');
        return false;
      }
      for (const auto& [other, owner] : taken)
        if (overlap(pointer, other)) {
          faults_.refuse(place, "a place that nothing else sets", pointer + ", which " + owner + " sets",
                         other == pointer ? "" : "by " + other);
          return false;
        }
      taken.emplace_back(pointer, who);
      return true;
    };
    for (const auto& [pointer, value] : fields_.set)
      if (check(pointer, sim::child_pointer("/set", pointer), "\"set\"")) set_.push_back(pointer);
    placed_.resize(fields_.parameters.size(), true);
    for (std::size_t i = 0; i < fields_.parameters.size(); ++i) {
      const std::string place = parameter_place(i) + "/at";
      if (!is_sound(place)) continue;
      for (const std::string& pointer : fields_.parameters[i].at)
        placed_[i] = check(pointer, place, '"' + fields_.parameters[i].name + '"') && placed_[i];
    }
  }

  void read_parameters() {
    ParameterReader reader({.folder = folder_, .load = load_}, faults_);
    for (std::size_t i = 0; i < fields_.parameters.size(); ++i) {
      auto parameter = read_parameter(reader, i);
      if (parameter && placed_[i]) {
        parameters_.push_back(*std::move(parameter));
      } else {
        skip_parameter(i);
      }
    }
  }

  std::optional<Parameter> read_parameter(ParameterReader& reader, std::size_t index) {
    const std::string place = parameter_place(index);
    if (!is_sound(place)) return std::nullopt;
    const ParameterFields& fields = fields_.parameters[index];
    const bool stated = fields.from || fields.to || fields.distribution || fields.choices || fields.files;
    // A design that cannot be read may be a list, which says the values.
    if (!stated && !is_sound("/design")) return std::nullopt;
    if (stated || !std::holds_alternative<ListFields>(fields_.design))
      return reader.read(fields, json_["parameters"][index], place);
    auto parameter = reader.read_listed(fields, listed_values(fields.name), place);
    if (parameter) listed_.insert(fields.name);
    return parameter;
  }

  /// Keeps what a parameter that could not be read would have set.
  void skip_parameter(std::size_t index) {
    const std::string place = parameter_place(index) + "/at";
    const bool known = is_sound(place);
    if (!known) unread_.emplace_back();
    for (const std::string& pointer : fields_.parameters[index].at)
      if (known && pointer.starts_with('/')) skip(pointer, place);
  }
  void skip(const std::string& pointer, const std::string& place) {
    unread_.push_back(pointer);
    skipped_.push_back({.pointer = pointer, .value = 0, .words = place, .source = faults_.file()});
  }

  /// Whether the parameter chooses among scenarios.
  [[nodiscard]] bool is_scenario(std::size_t index) const {
    const sim::Json& json = json_["parameters"][index];
    return json.is_object() && json.contains("files") && !json.contains("at");
  }

  void read_base() {
    std::vector<std::size_t> scenarios;
    for (std::size_t i = 0; i < fields_.parameters.size(); ++i)
      if (is_scenario(i)) scenarios.push_back(i);
    for (std::size_t i = 1; i < scenarios.size(); ++i)
      faults_.refuse(parameter_place(scenarios[i]), "one parameter whose files are scenarios", "a second one",
                     "\"at\" missing?");
    if (!scenarios.empty()) {
      if (fields_.scenario) {
        const std::string& name = fields_.parameters[scenarios.front()].name;
        return faults_.refuse("/scenario", "none, since the files of \"" + name + "\" are scenarios",
                              '"' + *fields_.scenario + '"', "\"at\" missing at the parameter?");
      }
      if (scenarios.size() == 1) read_base_of(parameter_place(scenarios.front()));
    } else if (fields_.scenario) {
      faults_.gather([&] { base_ = sim::ScenarioDocument(folder_ / *fields_.scenario, load_); });
      if (base_) set_for_all(*base_);
    } else if (is_sound("/parameters") && !json_.contains("scenario")) {
      faults_.refuse("/", "the key \"scenario\", or a parameter of \"files\" without \"at\"", "neither");
    }
  }

  void read_base_of(const std::string& place) {
    const auto scenarios = std::ranges::find(parameters_, place, &Parameter::place);
    if (scenarios == parameters_.end()) return;
    auto& choices = std::get<std::vector<Choice>>(scenarios->values);
    for (Choice& choice : choices) set_for_all(*choice.scenario);
    if (!choices.empty()) base_ = choices.front().scenario;
  }

  void read_seed() {
    if (base_ && base_->root().contains("seed") && base_->root()["seed"].is_number_unsigned())
      seed_ = base_->root()["seed"].get<std::uint64_t>();
    if (fields_.seed) seed_ = static_cast<std::uint64_t>(*fields_.seed);
  }

  void read_design() {
    if (!is_sound("/design") || parameters_.empty()) return;
    std::vector<std::string> names;
    for (const ParameterFields& parameter : fields_.parameters) names.push_back(parameter.name);
    DesignReader reader({.parameters = parameters_, .names = names, .seed = seed_, .json = json_["design"]}, faults_);
    design_ = reader.read(fields_.design);
    if (parameters_.size() < fields_.parameters.size()) design_ = nullptr;
    if (design_ != nullptr) return;
    // Without its points nothing says what such a parameter takes.
    std::erase_if(parameters_, [&](const Parameter& parameter) {
      if (!listed_.contains(parameter.name)) return false;
      for (const std::string& pointer : parameter.at) skip(pointer, parameter.place + "/at");
      return true;
    });
  }

  void try_skipped() {
    if (!base_) return;
    for (const sim::Setting& setting : skipped_) faults_.gather([&] { sim::ScenarioDocument(*base_).set(setting); });
  }

  void check_targets() {
    std::vector<std::string> names;
    for (const OutcomeFields& outcome : fields_.outcomes) names.push_back(outcome.name);
    for (std::size_t i = 0; i < fields_.targets.size(); ++i) {
      const std::string place = fmt::format("/targets/{}/outcome", i);
      const std::string& name = fields_.targets[i].outcome;
      const auto found = std::ranges::find(names, name);
      fields_.targets[i].column = static_cast<std::size_t>(found - names.begin());
      if (found == names.end() && is_sound("/outcomes") && is_sound(place))
        faults_.refuse(place, "an outcome of the study", '"' + name + '"', sim::name_hint(name, names));
    }
  }

  void read_facts() {
    if (!fields_.facts) return;
    if (base_ && !base_->root().contains("market"))
      faults_.refuse("/facts", "a scenario with a \"market\", which facts can be held against", "one without");
    std::set<std::string> names;
    for (const ParameterFields& parameter : fields_.parameters) names.insert(parameter.name);
    for (const OutcomeFields& outcome : fields_.outcomes) names.insert(outcome.name);
    facts_ = FactsReader({.folder = folder_, .names = std::move(names)}, faults_).read(*fields_.facts);
  }

  void set_for_all(sim::ScenarioDocument& document) {
    for (const std::string& pointer : set_) {
      const std::string place = sim::child_pointer("/set", pointer);
      const bool done = faults_.gather([&] {
        document.set({.pointer = pointer,
                      .value = json_["set"][pointer],
                      .words = place,
                      .source = faults_.file(),
                      .folder = folder_});
      });
      if (!done) unread_.push_back(pointer);
    }
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
  std::vector<sim::Fault> form_faults_;
  /// Pointers of "set" that lead somewhere.
  std::vector<std::string> set_;
  /// Of each parameter that the file states: whether no pointer of it is at fault by itself.
  std::vector<bool> placed_;
  std::vector<Parameter> parameters_;
  /// Names of those that have their values from the points of a list.
  std::set<std::string> listed_;
  /// Pointers of what is set by parameters or by "set" where these are at fault; empty where the pointer itself is.
  std::vector<std::string> unread_;
  /// Of them those of parameters, of which nothing is tried but whether they hit something.
  std::vector<sim::Setting> skipped_;
  std::optional<sim::ScenarioDocument> base_;
  std::uint64_t seed_ = 1;
  std::shared_ptr<const Design> design_;
  std::optional<StudyFacts> facts_;
};

}  // namespace

StudyReading read_study(const std::filesystem::path& path, const sim::JsonLoader& load) {
  return StudyReader(path, load).read();
}

Study load_study(const std::filesystem::path& path, const sim::JsonLoader& load) {
  StudyReading reading = read_study(path, load);
  sim::throw_if_any(std::move(reading.faults));
  return *std::move(reading.study);
}

}  // namespace chokepoint::analysis
