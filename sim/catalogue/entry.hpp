#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/field_visitor.hpp"

namespace chokepoint::sim {

/// What a figure rests on.
enum class Confidence { measured, published, assumed };
std::string_view confidence_name(Confidence confidence);

/// What every entry of the catalogue says about itself beside its facts.
struct Provenance {
  std::string about;
  std::string source;
  /// Of its latest fact: "2023", "2023-06" or "2023-06-30".
  std::string date;
  Confidence confidence = Confidence::published;
  /// Keys whose value somebody measured, where the entry as a whole is published.
  std::vector<std::string> measured;
  /// Keys in doubt, each with why.
  std::map<std::string, std::string> unconfirmed;
  std::string notes;
};

/// A fact of the catalogue under its name.
template <class T>
struct Entry {
  std::string name;
  Provenance provenance;
  T value{};
};

/// Visits the fields of Provenance; call it inside `FieldVisitor::object`.
void visit_provenance(FieldVisitor& visitor, Provenance& provenance);
void visit_confidence(FieldVisitor& visitor, Confidence& confidence);
/// A date as exact as it is known: a year, a month or a day.
void visit_known_date(FieldVisitor& visitor, std::string& date);

}  // namespace chokepoint::sim
