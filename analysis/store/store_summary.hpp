#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/store/database.hpp"

namespace chokepoint::analysis {

/// What a store holds, in a few numbers.
struct StoreSummary {
  struct StatusCount {
    std::string status;
    std::uint64_t runs = 0;
  };
  /// Runs that are not done for one reason, and the first of them.
  struct Reason {
    std::string status;
    std::string message;
    std::uint64_t runs = 0;
    std::uint64_t point = 0;
    std::uint64_t replicate = 0;
  };
  struct Parameter {
    std::string name;
    std::string unit;
  };
  /// Over the runs that are done and have it as a number.
  struct Outcome {
    std::string name;
    std::string figure;
    std::string unit;
    std::uint64_t runs = 0;
    double mean = 0.0;
    double low = 0.0;
    double high = 0.0;
  };
  /// The mean outcomes of all runs with the same values of the first one or two parameters.
  struct Group {
    std::vector<Cell> values;
    std::vector<Cell> means;
  };

  std::string study;
  std::uint64_t points = 0;
  std::uint64_t replicates = 0;
  /// Of the whole study, or of the store's shard of it.
  std::uint64_t runs = 0;
  /// "done" first, the others by name.
  std::vector<StatusCount> statuses;
  std::vector<Reason> reasons;
  std::vector<Parameter> parameters;
  std::vector<Outcome> outcomes;
  /// In the order of points; none where the study has more than two parameters, or more values than a page shows.
  std::vector<Group> groups;

  [[nodiscard]] std::uint64_t of_status(const std::string& status) const;
  [[nodiscard]] std::uint64_t rows() const;
};

StoreSummary read_summary(const Database& store);

}  // namespace chokepoint::analysis
