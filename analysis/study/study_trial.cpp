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

/// Whether a setting at `pointer` can bear on what is wrong at `place`: both lie in one part of the scenario.
bool may_mend(const std::string& pointer, const std::string& place) {
  const auto part = [](const std::string& of) { return of.substr(0, of.find('/', 1)); };
  return pointer.empty() || place.size() <= 1 || part(pointer) == part(place);
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
  Trial(const Study& study, std::span<const std::string> unread, StudyFaults& faults)
      : whole_(study), study_(study), unread_(unread.begin(), unread.end()), faults_(faults) {}

  void run() {
    drop_astray();
    first_ = first_point();
    base_is_whole_ = refusals(study_.base).empty();
    if (!base_is_whole_) known_ = refusals(document_at(study_, first_));
    const std::size_t before = faults_.count();
    for (const sim::Fault& fault : known_)
      if (!is_of_any(fault) && !is_open(fault)) fault.file == study_.file ? tell(fault, "/set") : faults_.add(fault);
    if (whole_.design != nullptr && whole_.design->kind() == "list") {
      try_list();
    } else {
      for (std::size_t i = 0; i < study_.parameters.size(); ++i) try_parameter(i);
    }
    // A refusal of the first point that none of the other trials met.
    if (faults_.count() == before)
      for (const sim::Fault& fault : known_)
        if (!is_open(fault)) tell(fault, "/parameters");
  }

 private:
  /// Whether the value of the parameter is at fault.
  [[nodiscard]] bool is_of(const sim::Fault& fault, const Parameter& parameter) const {
    return fault.file == study_.file &&
           std::ranges::any_of(parameter.at, [&](const std::string& at) { return sim::lies_within(fault.where, at); });
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

  /// Whether what is wrong may be mended by what could not be read.
  [[nodiscard]] bool is_open(const sim::Fault& fault) const {
    return std::ranges::any_of(unread_, [&](const std::string& pointer) { return may_mend(pointer, fault.where); });
  }

  /// Leaves out the parameters of which a pointer hits nothing.
  void drop_astray() {
    std::vector<const sim::ScenarioDocument*> scenarios;
    for (const Parameter& parameter : whole_.parameters)
      if (parameter.at.empty())
        for (const Choice& choice : *parameter.choices()) scenarios.push_back(&*choice.scenario);
    if (scenarios.empty()) scenarios.push_back(&whole_.base);
    study_.parameters.clear();
    for (std::size_t i = 0; i < whole_.parameters.size(); ++i) {
      const Parameter& parameter = whole_.parameters[i];
      bool hits = true;
      for (const sim::Setting& setting : settings_of(whole_, parameter, candidates_of(parameter).front().value))
        for (const sim::ScenarioDocument* scenario : scenarios)
          hits = faults_.gather([&] { sim::ScenarioDocument(*scenario).set(setting); }) && hits;
      if (hits) {
        study_.parameters.push_back(parameter);
        kept_.push_back(i);
      } else {
        unread_.insert(unread_.end(), parameter.at.begin(), parameter.at.end());
      }
    }
  }

  /// Of the design, without what was left out.
  [[nodiscard]] Point kept_point(std::uint64_t index) const {
    const Point whole = point_at(whole_, index);
    Point point{.index = index, .values = {}};
    for (const std::size_t place : kept_) point.values.push_back(whole.values[place]);
    return point;
  }

  [[nodiscard]] Point first_point() const {
    if (whole_.design != nullptr) return kept_point(0);
    Point point;
    for (const Parameter& parameter : study_.parameters) point.values.push_back(candidates_of(parameter).front().value);
    return point;
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
    for (std::uint64_t i = 0; i < std::min(points(whole_), most_trials); ++i)
      for (const sim::Fault& fault : refusals(document_at(study_, kept_point(i)))) {
        const auto own = std::ranges::find_if(study_.parameters, [&](const Parameter& p) { return is_of(fault, p); });
        const std::string place = fmt::format("/design/points/{}", i);
        if (own != study_.parameters.end()) {
          tell(fault, place + '/' + own->name);
        } else if (!is_known(fault)) {
          tell(fault, place);
        }
      }
  }

  const Study& whole_;
  /// With those of the parameters whose pointers hit something.
  Study study_;
  /// Their places among those of `whole_`.
  std::vector<std::size_t> kept_;
  std::vector<std::string> unread_;
  StudyFaults& faults_;
  Point first_;
  /// Whether the scenario can be run as it is.
  bool base_is_whole_ = true;
  /// Of the first point, where it cannot.
  std::vector<sim::Fault> known_;
};

}  // namespace

void try_parameters(const Study& study, std::span<const std::string> unread, StudyFaults& faults) {
  Trial(study, unread, faults).run();
}

}  // namespace chokepoint::analysis
