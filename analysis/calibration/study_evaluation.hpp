#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/calibration/evaluated_set.hpp"
#include "analysis/store/run_store.hpp"
#include "analysis/study/study.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// Throws InputError, with every fault, where a study has no targets or varies something that is no number.
void check_calibration(const Study& study);

/// The values of a place of the unit cube, each parameter at that share of its own distribution.
Point point_of(const Study& study, std::span<const double> place);

/// Runs sets of a study's parameters in processes of their own, all with the same seed and replicates. Of a market only
/// what it shows of the study's facts leaves the process. A run that fails or shows nothing of a fact gives outcomes
/// that are no numbers. With a store, each run is kept as it ends, and what the store holds done of the same set is not
/// run again.
class StudyEvaluation {
 public:
  StudyEvaluation(const Study& study, std::size_t workers) : study_(study), workers_(workers) {}

  /// Runs the middle of all ranges once. Throws InputError where the study keeps a figure that the run does not have or
  /// that is no number, where it is fitted to facts that its market never shows, and what is wrong with the run if it
  /// fails.
  [[nodiscard]] sim::Record try_middle() const;

  /// From now on; the store has the layout and identity of a calibration and outlives this.
  void keep_in(RunStore& store) { store_ = &store; }

  /// Throws Interrupted, and DatabaseError where the store cannot be written: what came before is committed or not.
  std::vector<Outcomes> operator()(std::span<const std::vector<double>> places);

  [[nodiscard]] std::size_t failed() const { return failed_; }
  /// What the first run that failed says.
  [[nodiscard]] const std::string& first_failure() const { return first_failure_; }

 private:
  const Study& study_;
  std::size_t workers_;
  RunStore* store_ = nullptr;
  /// Sets that were asked for: the next one's number.
  std::uint64_t sets_ = 0;
  std::size_t failed_ = 0;
  std::string first_failure_;
};

}  // namespace chokepoint::analysis
