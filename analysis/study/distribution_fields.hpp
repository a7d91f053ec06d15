#pragma once

#include <optional>
#include <string>

#include "analysis/study/parameter.hpp"
#include "analysis/study/study_faults.hpp"
#include "analysis/study/unit_number.hpp"
#include "sim/input/field_visitor.hpp"

namespace chokepoint::analysis {

/// A distribution as a study's file states it: numbers with their units, and those that its kind does not take absent.
struct DistributionFields {
  enum class Kind { uniform, log_uniform, normal, log_normal, triangular, exponential, weibull, beta };

  Kind kind = Kind::uniform;
  std::optional<UnitNumber> low;
  std::optional<UnitNumber> high;
  std::optional<UnitNumber> mean;
  std::optional<UnitNumber> sd;
  std::optional<UnitNumber> median;
  std::optional<UnitNumber> mode;
  std::optional<UnitNumber> scale;
  double log_sd = 1.0;
  double shape = 1.0;
  double alpha = 1.0;
  double beta = 1.0;
};

/// A number, or a text such as "0.3 CNY/kWh".
void visit(sim::FieldVisitor& v, UnitNumber& number);

void visit(sim::FieldVisitor& v, DistributionFields& distribution);

/// The numbers of a distribution, in the unit of its first. None where faults were added at or below `place`.
std::optional<Numbers> read_distribution(const DistributionFields& fields, const std::string& place,
                                         StudyFaults& faults);

}  // namespace chokepoint::analysis
