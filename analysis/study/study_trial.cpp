#include "analysis/study/study_trial.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/scenario/load_scenario.hpp"

namespace chokepoint::analysis {
namespace {

/// Of a list or of the choices of a parameter; a scenario may take long to read.
constexpr std::uint64_t most_trials = 100;

struct Candidate {
  ParameterValue value;
  std::string place;
};

/// Values to try, each with its place in the study.
std::vector<Candidate> candidates_of(const Parameter& parameter) {
  std::vector<Candidate> candidates;
  if (const auto* choices = parameter.choices()) {
    for (std::size_t i = 0; i < std::min<std::size_t>(choices->size(), most_trials); ++i)
      candidates.push_back({(*choices)[i].label, (*choices)[i].place});
    return candidates;
  }
  const Numbers& numbers = *parameter.numbers();
  const ParameterValue between = numbers.steps ? level(parameter, levels(parameter) / 2) : value_at(parameter, 0.37);
  if (!is_range(numbers.distribution)) {
    const std::string place = parameter.place + "/distribution";
    return {{value_at(parameter, 0.001), place}, {value_at(parameter, 0.999), place}, {between, parameter.place}};
  }
  return {{value_at(parameter, 0.0), parameter.place + "/from"},
          {value_at(parameter, 1.0), parameter.place + "/to"},
          {between, parameter.place}};
}

bool within(const std::string& pointer, const std::string& place) {
  return pointer.starts_with(place) && (pointer.size() == place.size() || pointer[place.size()] == '/');
}

/// What is wrong with a scenario.
std::vector<sim::Fault> refusals(const sim::ScenarioDocument& document) {
  try {
    sim::load_scenario(document);
    return {};
  } catch (const sim::InputError& error) {
    return error.faults();
  }
}

class Trial {
 public:
  Trial(const Study& study, StudyFaults& faults) : study_(study), faults_(faults), first_(point_at(study, 0)) {}

  void run() {
    try_pointers();
    if (!faults_.empty()) return;
    base_is_whole_ = refusals(study_.base).empty();
    if (!base_is_whole_) known_ = refusals(document_at(study_, first_));
    for (const sim::Fault& fault : known_)
      if (!is_of_any(fault)) fault.file == study_.file ? tell(fault, "/set") : faults_.add(fault);
    if (study_.design->kind() == "list") {
      try_list();
    } else {
      for (std::size_t i = 0; i < study_.parameters.size(); ++i) try_parameter(i);
    }
    // A refusal of the first point that none of the other trials met.
    if (faults_.empty())
      for (const sim::Fault& fault : known_) tell(fault, "/parameters");
  }

 private:
  /// Whether the value of the parameter is at fault.
  [[nodiscard]] bool is_of(const sim::Fault& fault, const Parameter& parameter) const {
    return fault.file == study_.file &&
           std::ranges::any_of(parameter.at, [&](const std::string& at) { return within(fault.where, at); });
  }

  [[nodiscard]] bool is_of_any(const sim::Fault& fault) const {
    return std::ranges::any_of(study_.parameters, [&](const Parameter& each) { return is_of(fault, each); });
  }
  [[nodiscard]] bool is_known(const sim::Fault& fault) const {
    return std::ranges::any_of(known_, [&](const sim::Fault& each) { return each.text() == fault.text(); });
  }

  /// Adds a fault of the scenario, at the place of the study that caused it.
  void tell(sim::Fault fault, const std::string& place) {
    const bool own = fault.file == study_.file;
    if (own && fault.where.starts_with("/parameters/")) return faults_.add(std::move(fault));
    fault.where = fmt::format("{} ({}{})", place, own ? "" : fault.file + ": ", fault.where);
    fault.file = study_.file;
    faults_.add(std::move(fault));
  }

  void try_pointers() {
    const auto try_on = [&](const sim::ScenarioDocument& document) {
      for (std::size_t i = 0; i < study_.parameters.size(); ++i)
        for (const sim::Setting& setting : settings_of(study_, study_.parameters[i], first_.values[i]))
          faults_.gather([&] { sim::ScenarioDocument(document).set(setting); });
    };
    const auto scenarios = std::ranges::find_if(study_.parameters, [](const Parameter& p) { return p.at.empty(); });
    if (scenarios == study_.parameters.end()) return try_on(study_.base);
    for (const Choice& choice : *scenarios->choices()) try_on(*choice.scenario);
  }

  /// The scenario with one parameter set; with the others at their first values where it needs them to be whole.
  [[nodiscard]] sim::ScenarioDocument with(std::size_t index, const ParameterValue& value) const {
    const Parameter& parameter = study_.parameters[index];
    if (base_is_whole_ && !parameter.at.empty()) {
      sim::ScenarioDocument document = study_.base;
      for (const sim::Setting& setting : settings_of(study_, parameter, value)) document.set(setting);
      return document;
    }
    Point point = first_;
    point.values[index] = value;
    return document_at(study_, point);
  }

  void try_parameter(std::size_t index) {
    const Parameter& parameter = study_.parameters[index];
    const std::size_t before = faults_.count();
    for (const Candidate& candidate : candidates_of(parameter)) {
      // What lies between two ends that are refused is no news.
      if (candidate.place == parameter.place && parameter.numbers() != nullptr && faults_.count() > before) break;
      for (const sim::Fault& fault : refusals(with(index, candidate.value)))
        if (is_of(fault, parameter) || !is_known(fault)) tell(fault, candidate.place);
    }
  }

  void try_list() {
    for (std::uint64_t i = 0; i < std::min(points(study_), most_trials); ++i)
      for (const sim::Fault& fault : refusals(document_at(study_, point_at(study_, i)))) {
        const auto own = std::ranges::find_if(study_.parameters, [&](const Parameter& p) { return is_of(fault, p); });
        const std::string place = fmt::format("/design/points/{}", i);
        if (own != study_.parameters.end()) {
          tell(fault, place + '/' + own->name);
        } else if (!is_known(fault)) {
          tell(fault, place);
        }
      }
  }

  const Study& study_;
  StudyFaults& faults_;
  Point first_;
  /// Whether the scenario can be run as it is.
  bool base_is_whole_ = true;
  /// Of the first point, where it cannot.
  std::vector<sim::Fault> known_;
};

}  // namespace

void try_parameters(const Study& study, StudyFaults& faults) {
  Trial(study, faults).run();
}

}  // namespace chokepoint::analysis
