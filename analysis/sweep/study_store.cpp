#include "analysis/sweep/study_store.hpp"

#include <utility>

#include <fmt/format.h>

#include "analysis/sweep/named_files.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/sha256.hpp"

namespace chokepoint::analysis {
namespace {

void add_document(const sim::ScenarioDocument& document, const std::string& where, NamedFiles& files) {
  files.add(document.root(), where, [&](const std::string& pointer) { return document.folder_of(pointer); });
}

}  // namespace

StoreLayout store_layout(const Study& study) {
  StoreLayout layout{.parameters = {}, .outcomes = {}, .series = study.series};
  for (const Parameter& parameter : study.parameters) {
    const Numbers* numbers = parameter.numbers();
    layout.parameters.push_back({.name = parameter.name,
                                 .unit = numbers != nullptr ? numbers->unit : "",
                                 .number = numbers != nullptr,
                                 .at = fmt::format("{}", fmt::join(parameter.at, " "))});
  }
  for (const StudyOutcome& outcome : study.outcomes) layout.outcomes.push_back({outcome.name, outcome.figure});
  return layout;
}

StudyIdentity study_identity(const Study& study, Shard shard) {
  StudyIdentity identity{.name = study.name,
                         .title = study.title,
                         .points = points(study),
                         .replicates = static_cast<std::uint64_t>(study.replicates),
                         .seed = study.seed,
                         .shard = shard,
                         .version = CHOKEPOINT_VERSION,
                         .catalogue_digest = sim::catalogue_digest(),
                         .study = study.json,
                         .scenario = study.base.root(),
                         .files = {}};
  identity.study.erase("title");
  identity.study.erase("description");
  NamedFiles files;
  std::vector<NamedFile> contents;
  bool chooses_scenario = false;
  for (const Parameter& parameter : study.parameters) {
    if (parameter.choices() == nullptr) continue;
    for (const Choice& choice : *parameter.choices()) {
      const std::string place = "study " + choice.place;
      if (choice.scenario) {
        // Merged scenarios stand there whole, so that a change is told by its place.
        if (!std::exchange(chooses_scenario, true)) identity.scenario = sim::Json::object();
        identity.scenario[choice.label] = choice.scenario->root();
        add_document(*choice.scenario, "scenario " + choice.label, files);
        continue;
      }
      if (choice.value.is_structured()) contents.push_back({place, choice.label, sim::sha256(choice.value.dump())});
      files.add(choice.value, place, [&](const std::string&) { return choice.folder; });
    }
  }
  if (!chooses_scenario) add_document(study.base, "scenario", files);
  identity.files = std::move(files).take();
  identity.files.insert(identity.files.end(), contents.begin(), contents.end());
  return identity;
}

}  // namespace chokepoint::analysis
