#include "analysis/calibration/calibration_store.hpp"

#include <utility>

#include "analysis/calibration/fact_targets.hpp"
#include "analysis/sweep/named_files.hpp"
#include "analysis/sweep/study_store.hpp"
#include "sim/input/sha256.hpp"
#include "sim/market/fact_files.hpp"

namespace chokepoint::analysis {

namespace {

void add_fact_files(const Study& study, StudyIdentity& identity) {
  if (!study.json["facts"].contains("files")) {
    for (const sim::EmbeddedFile& file : sim::fact_files())
      identity.files.push_back({"study /facts", std::string(file.name), sim::sha256(file.text)});
    return;
  }
  NamedFiles files;
  files.add(study.json["facts"]["files"], "study /facts/files",
            [&](const std::string&) { return std::filesystem::path(study.file).parent_path(); });
  for (NamedFile& file : std::move(files).take()) identity.files.push_back(std::move(file));
}

}  // namespace

StoreLayout calibration_layout(const Study& study) {
  StoreLayout layout = store_layout(study);
  layout.series.clear();
  const std::size_t facts = fitted_facts(study).size();
  // Ids may be names that columns of a store have anyway; names of figures are not.
  for (std::size_t i = layout.outcomes.size() - facts; i < layout.outcomes.size(); ++i)
    layout.outcomes[i].name = layout.outcomes[i].figure;
  return layout;
}

StudyIdentity calibration_identity(const Study& study) {
  StudyIdentity identity = study_identity(study, {});
  identity.name = "calibration of " + study.name;
  identity.points = most_evaluations(study.calibration, study.parameters.size());
  if (study.facts) add_fact_files(study, identity);
  return identity;
}

}  // namespace chokepoint::analysis
