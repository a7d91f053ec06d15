#include "sim/catalogue/entry.hpp"

#include <algorithm>
#include <array>

namespace chokepoint::sim {
namespace {

const std::array<std::string, 3> confidence_names{"measured", "published", "assumed"};

void visit_said(FieldVisitor& v, std::string& value) {
  v.text(value);
  if (value.empty()) v.refuse("a text", "none");
}

}  // namespace

std::string_view confidence_name(Confidence confidence) {
  return confidence_names[static_cast<std::size_t>(confidence)];
}

void visit_confidence(FieldVisitor& v, Confidence& confidence) {
  auto index = static_cast<std::size_t>(confidence);
  v.choice(index, confidence_names);
  confidence = static_cast<Confidence>(index);
}

void visit_known_date(FieldVisitor& v, std::string& date) {
  v.text(date);
  const bool complete = date.size() == 4 || date.size() == 7 || date.size() == 10;
  const std::string day = date + std::string("0000-01-01").substr(std::min<std::size_t>(date.size(), 10));
  if (!complete || !models::parse_iso_date(day))
    v.refuse("a year, month or day, such as \"2023-06\"", '"' + date + '"');
}

void visit_provenance(FieldVisitor& v, Provenance& provenance) {
  v.field("about", "what it is, on one line", required, [&] { visit_said(v, provenance.about); });
  v.field("source", "where its facts come from", required, [&] { visit_said(v, provenance.source); });
  v.field("date", "of its latest fact", required, [&] { visit_known_date(v, provenance.date); });
  v.field("confidence", "what its facts rest on", required, [&] { visit_confidence(v, provenance.confidence); });
  v.field("measured", "keys whose value somebody measured", optional,
          [&] { v.list(provenance.measured, 1, [&](std::string& key) { v.text(key); }); });
  v.field("unconfirmed", "keys in doubt, each with why", optional,
          [&] { v.map(provenance.unconfirmed, [&](std::string& why) { visit_said(v, why); }); });
  v.field("notes", "what numbers cannot say", optional, [&] { visit_said(v, provenance.notes); });
}

}  // namespace chokepoint::sim
