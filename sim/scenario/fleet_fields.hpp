#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/input/field_visitor.hpp"
#include "sim/scenario/scenario.hpp"

namespace chokepoint::sim {

/// A fleet as its file states it.
struct FleetFields {
  struct TraceFile {
    std::string file;
  };

  std::string name;
  std::string site;
  std::string server;
  std::optional<std::int64_t> nodes;
  std::map<std::string, std::int64_t> tenants;
  std::string scheduler = "fifo";
  double restart_s = 0.0;
  std::string placement = "best-fit";
  bool rated_power = false;
  std::optional<Price> server_price;
  std::variant<std::monostate, ConstantWork, TraceFile, SyntheticWork> workload;
};

void visit(FieldVisitor& v, FleetFields& fleet);

}  // namespace chokepoint::sim
