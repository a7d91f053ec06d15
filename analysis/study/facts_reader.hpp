#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analysis/study/study.hpp"
#include "analysis/study/study_faults.hpp"
#include "analysis/study/study_fields.hpp"

namespace chokepoint::analysis {

/// Reads the files of facts that a study names, and gathers what is wrong with them and with what the study says of
/// them.
class FactsReader {
 public:
  struct Context {
    /// That paths in the study are relative to.
    std::filesystem::path folder;
    /// Of parameters and outcomes.
    std::set<std::string> names;
  };

  FactsReader(Context context, StudyFaults& faults) : context_(std::move(context)), faults_(faults) {}

  /// None where a file cannot be read.
  std::optional<StudyFacts> read(const FactsFields& fields);

 private:
  [[nodiscard]] std::vector<MarketFact> known_facts(const FactsFields& fields) const;
  void check_ids(const std::vector<MarketFact>& known);
  void check_without(const FactsFields& fields, const std::vector<MarketFact>& known);

  Context context_;
  StudyFaults& faults_;
};

}  // namespace chokepoint::analysis
