#pragma once

#include <string>
#include <vector>

#include "analysis/store/database.hpp"

namespace chokepoint::analysis {

/// A parameter as a store keeps it: a column of numbers in `unit` or of labels.
struct StoredParameter {
  std::string name;
  std::string unit;
  bool number = true;
  /// JSON pointers with a blank between them; empty where it chooses among scenarios.
  std::string at;
};

/// An outcome: a column of a key figure's values.
struct StoredOutcome {
  std::string name;
  std::string figure;
};

/// The columns of a store that are a study's own. Names differ, also where capitals do not count.
struct StoreLayout {
  std::vector<StoredParameter> parameters = {};
  std::vector<StoredOutcome> outcomes = {};
  /// Columns of the table "series"; there is none if there are no columns.
  std::vector<std::string> series = {};
};

/// Makes the tables "runs" (primary key: point, replicate), "parameters", "outcomes" and, if asked for, "series", and
/// for each outcome a view "outcome_NAME": point, replicate, the parameters and the outcome of the runs that are done.
void create_schema(Database& database, const StoreLayout& layout);

}  // namespace chokepoint::analysis
