#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/record/table.hpp"

namespace chokepoint::sim {

/// One key figure of a run.
struct Figure {
  /// Stable name with its unit, such as "energy_mwh"; the key in JSON.
  std::string key;
  /// Words for a table, such as "energy".
  std::string label;
  /// Unit for a table, such as "MWh"; empty for counts, shares and texts.
  std::string unit;
  std::variant<double, std::int64_t, std::string> value;
  /// Heading under which a table shows it with its neighbours, such as "energy"; empty for none.
  std::string group = {};

  friend bool operator==(const Figure&, const Figure&) = default;
};

/// All that a run leaves behind: what it was, its key figures in the order in which a person reads them, its tables
/// ("series", "jobs", "bills"). Holds no wall-clock times: the same scenario and seed give the same bytes.
struct Record {
  std::string scenario;
  std::string title;
  std::uint64_t seed = 0;
  std::string version;
  std::string catalogue_digest;
  std::vector<Figure> figures;
  std::vector<Table> tables;

  /// Null if there is none of that name.
  [[nodiscard]] const Figure* find_figure(std::string_view key) const;
  [[nodiscard]] const Table* find_table(std::string_view name) const;

  friend bool operator==(const Record&, const Record&) = default;
};

}  // namespace chokepoint::sim
