#pragma once

#include <optional>
#include <string>

#include "models/hardware/server.hpp"
#include "sim/catalogue/entry.hpp"

namespace chokepoint::sim {

/// A server as its file describes it: the accelerator by name, power as two points that may be missing.
struct ServerEntry {
  models::Server server;
  std::string accelerator;
  std::optional<double> idle_w;
  std::optional<double> full_w;
  std::string power_source;
  Confidence power_confidence = Confidence::assumed;
};

void visit(FieldVisitor& visitor, Entry<models::Accelerator>& entry);
void visit(FieldVisitor& visitor, Entry<ServerEntry>& entry);

}  // namespace chokepoint::sim
